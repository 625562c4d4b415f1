"""Promotion of landed TaskWhoRelation rows, with a report."""
