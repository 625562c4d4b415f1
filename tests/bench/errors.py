"""The error that ends a bench."""

from __future__ import annotations


class BenchError(Exception):
    """A contender failed, or its rows are wrong."""
