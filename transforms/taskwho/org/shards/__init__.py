"""Divides the relations of an org into ranges of Ids with as many rows each."""
