"""PostgreSQL: the connection, the catalog, the product's own tables, rights."""
