"""Errors of the promotion."""
