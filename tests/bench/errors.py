"""Why a bench cannot go on."""

from __future__ import annotations


class BenchError(Exception):
    """A contender failed, or left other rows than it should."""
