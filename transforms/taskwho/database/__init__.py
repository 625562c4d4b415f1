"""PostgreSQL: connection, catalog, the schema `taskwho` with its migrations, grants."""
