"""The schema `taskwho` of a database, so that two can be compared."""

from __future__ import annotations

from pathlib import Path

import psycopg

QUERY = Path(__file__).with_suffix(".sql").read_bytes()


def schema_of(url: str) -> dict[tuple[str, str], str]:
    """Tables, columns, indexes, constraints, triggers, functions, comments and grants."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(QUERY).fetchall()
    return {(kind, name): definition for kind, name, definition in rows}
