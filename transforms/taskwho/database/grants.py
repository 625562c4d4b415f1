"""Statements that give a role its rights, for an administrator to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import catalog, landing
from taskwho.database.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from taskwho.model.settings import PostLoadSettings


def for_landing(conn: psycopg.Connection[Any]) -> str:
    """Let the role of the connection create and use the schema `taskwho`."""
    role = sql.Identifier(conn.info.user)
    return _script(
        sql.SQL("create schema if not exists taskwho;"),
        sql.SQL("grant usage, create on schema taskwho to {};").format(role),
        sql.SQL("grant all on all tables in schema taskwho to {};").format(role),
        sql.SQL("grant all on all sequences in schema taskwho to {};").format(role),
    )


def for_ownership(conn: psycopg.Connection[Any]) -> str:
    """Let the role migrate tables and functions of the schema `taskwho` that other roles own."""
    values = {"role": conn.info.user, "streams": list(landing.streams())}
    return "\n".join(f"    {line}" for (line,) in SCRIPTS.run(conn, "ownership", values))


def for_tables(  # noqa: PLR0913 - each kind of table, and what the role may do
    conn: psycopg.Connection[Any],
    schema: str,
    *,
    created: Iterable[str] = (),
    written: Sequence[str] = (),
    parents: Iterable[str] = (),
    refers: bool = True,
) -> str:
    """Let the role create, write and read the sf_* tables, and refer to them by foreign keys."""
    role, place = sql.Identifier(conn.info.user), sql.Identifier(schema)
    rights = sql.SQL("usage, create" if list(created) else "usage")
    statements = [sql.SQL("grant {} on schema {} to {};").format(rights, place, role)]
    for right, tables in (
        ("select, insert, update", written),
        ("select, references" if refers else "select", parents),
    ):
        statements += [
            sql.SQL("grant {} on {} to {};").format(
                sql.SQL(right), sql.Identifier(schema, table), role
            )
            for table in tables
        ]
    if written:  # otherwise the transaction may have failed, and takes no query
        values = {"schema": schema, "tables": list(written)}
        statements += [
            sql.SQL("grant usage on sequence {} to {};").format(sql.Identifier(schema, name), role)
            for (name,) in SCRIPTS.run(conn, "serial_sequences", values)
        ]
    return _script(*statements)


def for_promotion(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> str:
    """Let the role promote into the tables that exist, whichever right it lacks."""
    parents = {stream: parent.table for stream, parent in settings.parents.items()}
    written = [settings.relations_table]
    written += [table for stream, table in parents.items() if _may_have_landed(conn, stream)]
    found = catalog.existing(conn, settings.schema, [written[0], *parents.values()])
    tables = for_tables(
        conn,
        settings.schema,
        written=[table for table in written if table in found],
        parents=[table for table in parents.values() if table in found],
        refers=settings.creates_foreign_keys,
    )
    return f"{for_landing(conn)}\n{tables}"


def past_policies(conn: psycopg.Connection[Any]) -> str:
    """Let the role read every row of the parents, whatever policies their tables have."""
    return _script(sql.SQL("alter role {} bypassrls;").format(sql.Identifier(conn.info.user)))


def _may_have_landed(conn: psycopg.Connection[Any], stream: str) -> bool:
    """Whether rows of a stream wait in its landing table; yes where the role may not read it."""
    try:
        rows = sql.SQL("select exists (select from {})").format(sql.Identifier("taskwho", stream))
        return bool((conn.execute(rows).fetchone() or [True])[0])
    except psycopg.Error:
        return True


def _script(*statements: sql.Composable) -> str:
    return "\n".join(f"    {statement.as_string()}" for statement in statements)
