"""Rows that cannot go in wait here with their reasons."""
