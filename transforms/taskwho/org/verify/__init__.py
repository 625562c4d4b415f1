"""Compares what is kept here with what the org shows, in as few API calls as that takes."""
