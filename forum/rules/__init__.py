"""House rules: what members agree to, in numbered editions, and the grounds that decisions stand on."""
