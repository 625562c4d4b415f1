"""The SQL of the promotion, kept in files; names are filled in as identifiers, never as text."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    import psycopg

FOLDER = files("taskwho") / "sql"


@cache
def read(name: str) -> str:
    """Text of `sql/<name>.sql`."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def compose(name: str, /, **parts: sql.Composable) -> sql.Composed:
    """A script with its `{parts}` filled in."""
    script = sql.SQL(read(name))
    # a script without parts may have braces of its own
    return script.format(**parts) if parts else sql.Composed([script])


def run(
    conn: psycopg.Connection[Any], name: str, /, **parts: sql.Composable
) -> psycopg.Cursor[Any]:
    """Execute a script; the cursor holds the rows of its first statement that returns any."""
    return conn.execute(compose(name, **parts))


def names(identifiers: list[str]) -> sql.Composed:
    """Identifiers with commas between."""
    return sql.SQL(", ").join(map(sql.Identifier, identifiers))


def lines(items: list[sql.Composable]) -> sql.Composed:
    """Expressions with commas between, one a line."""
    return sql.SQL(",\n    ").join(items)
