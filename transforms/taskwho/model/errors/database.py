"""Errors of the database: connection, schema, grants."""
