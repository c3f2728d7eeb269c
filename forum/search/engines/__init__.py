"""What finds: an interface and its two sides, Whoosh and PostgreSQL."""
