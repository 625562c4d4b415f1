"""Statements that an administrator can copy and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

# PostgreSQL 17 made the right to analyze a privilege of its own (its release notes)
WITH_MAINTAIN = 170_000


def for_landing(conn: psycopg.Connection[Any]) -> str:
    """What lets the connected role set up and use the schema `taskwho`."""
    role = _role(conn)
    return _script(
        conn,
        sql.SQL("create schema if not exists taskwho;"),
        sql.SQL("grant usage, create on schema taskwho to {};").format(role),
        sql.SQL(
            "grant select, insert, update, delete, truncate, maintain "
            "on all tables in schema taskwho to {};"
            if conn.info.server_version >= WITH_MAINTAIN
            else "grant select, insert, update, delete, truncate "
            "on all tables in schema taskwho to {};"
        ).format(role),
        sql.SQL("grant usage on all sequences in schema taskwho to {};").format(role),
    )


def for_tables(
    conn: psycopg.Connection[Any],
    schema: str,
    *,
    written: Iterable[str],
    parents: Iterable[str],
    creates: bool,
) -> str:
    """What lets the connected role write the sf_* tables, and create the missing ones."""
    role = _role(conn)
    place = sql.Identifier(schema)
    rights = sql.SQL("usage, create" if creates else "usage")
    statements = [sql.SQL("grant {} on schema {} to {};").format(rights, place, role)]
    statements += [
        sql.SQL("grant select, insert, update on {} to {};").format(
            sql.Identifier(schema, name), role
        )
        for name in written
    ]
    statements += [
        sql.SQL("grant select, references on {} to {};").format(sql.Identifier(schema, name), role)
        for name in parents
    ]
    return _script(conn, *statements)


def _role(conn: psycopg.Connection[Any]) -> sql.Identifier:
    found = conn.execute("select current_user").fetchone()
    return sql.Identifier(found[0] if found else "")


def _script(conn: psycopg.Connection[Any], *statements: sql.Composable) -> str:
    return "\n".join(f"    {statement.as_string(conn)}" for statement in statements)
