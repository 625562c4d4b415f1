"""Counts, lists and warnings of a promotion, and how the run ended."""
