"""Records in PostgreSQL, their migrations, and the embedded server."""
