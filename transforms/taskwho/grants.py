"""Statements that an administrator can copy and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg


def for_landing(conn: psycopg.Connection[Any]) -> str:
    """What lets the role of the connection set up and use the schema `taskwho`."""
    role = sql.Identifier(conn.info.user)
    return _script(
        sql.SQL("create schema if not exists taskwho;"),
        sql.SQL("grant usage, create on schema taskwho to {};").format(role),
        sql.SQL("grant all on all tables in schema taskwho to {};").format(role),
        sql.SQL("grant all on all sequences in schema taskwho to {};").format(role),
    )


def for_tables(
    conn: psycopg.Connection[Any],
    schema: str,
    *,
    created: Iterable[str] = (),
    written: Iterable[str] = (),
    parents: Iterable[str] = (),
) -> str:
    """What lets the role create, write and refer to the sf_* tables."""
    role, place = sql.Identifier(conn.info.user), sql.Identifier(schema)
    rights = sql.SQL("usage, create" if list(created) else "usage")
    statements = [sql.SQL("grant {} on schema {} to {};").format(rights, place, role)]
    for right, tables in (
        ("select, insert, update", written),
        ("select, references", parents),
    ):
        statements += [
            sql.SQL("grant {} on {} to {};").format(
                sql.SQL(right), sql.Identifier(schema, table), role
            )
            for table in tables
        ]
    return _script(*statements)


def _script(*statements: sql.Composable) -> str:
    return "\n".join(f"    {statement.as_string()}" for statement in statements)
