"""PostgreSQL's full-text search: the index is a schema of its own in the database. For sites past one machine."""
