"""Errors of the embedded PostgreSQL."""
