"""Writes rows into the user's table, so that one bad row never costs another."""
