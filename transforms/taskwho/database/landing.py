"""The schema `taskwho`: landing tables for the loader, and the promotion's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import grants
from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.entities import DELETES, DELETES_FIELDS, ENTITIES, JOURNAL, JOURNAL_FIELDS
from taskwho.model.errors import MISCONFIGURED, TaskwhoError

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "taskwho"
SEQUENCE = "landed_seq"
# what a script is run for: that one of these is not there
_COUNTED = ("failed_relations", "missing_parents", "waiting_counts")
_OWN = {
    "02_own_tables": ("runs", "batches"),
    "03_quarantine": ("failed_relations", "failed_parents"),
    "04_waiting_counts": _COUNTED,
    "05_count_waiting": _COUNTED,
    "06_watch_quarantine": _COUNTED,
    "07_deleted_relations": ("deleted_relations",),
}
OWN_TABLES = tuple(dict.fromkeys(table for tables in _OWN.values() for table in tables))


def streams() -> dict[str, list[str]]:
    """Every stream that lands and its fields, in the order in which they are promoted."""
    landed = {entity.stream: ["Id", *(f.source for f in entity.fields)] for entity in ENTITIES}
    return {**landed, DELETES: ["Id", *DELETES_FIELDS], JOURNAL: list(JOURNAL_FIELDS)}


def ensure(conn: psycopg.Connection[Any]) -> None:
    """Make what is missing of schema, sequence, landing tables and own tables.

    Raises TaskwhoError with the statements an administrator must run where the role may not.
    """
    tables = existing(conn, (*streams(), *OWN_TABLES))
    if len(tables) == len(streams()) + len(OWN_TABLES):
        return
    try:
        with conn.transaction():
            _make_schema(conn)
            for stream, fields in streams().items():
                if stream not in tables:
                    _make_landing(conn, stream, fields)
            for script, made in _OWN.items():
                # those of an earlier version may be another role's, which alone could index them
                if not set(made) <= set(tables):
                    SCRIPTS.run(conn, script)
    except psycopg.errors.InsufficientPrivilege:
        raise TaskwhoError(
            MISCONFIGURED,
            f"The schema {SCHEMA} cannot be set up: the role of DATABASE_URL may not create it "
            "or create tables in it. An administrator has to run:\n" + grants.for_landing(conn),
        ) from None


def existing(conn: psycopg.Connection[Any], names: Iterable[str]) -> list[str]:
    """Those of the tables that are there, in the order asked for."""
    rows = conn.execute(
        "select name from unnest(%s::text[]) with ordinality as asked (name, place) "
        "where to_regclass(format('%%I.%%I', %s::text, name)) is not null order by place",
        (list(names), SCHEMA),
    )
    return [name for (name,) in rows]


def _make_schema(conn: psycopg.Connection[Any]) -> None:
    # `if not exists` asks for the right to create even where the schema is there
    found = conn.execute("select to_regnamespace(%s) is not null", (SCHEMA,)).fetchone()
    if not (found and found[0]):
        conn.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(SCHEMA)))
    SCRIPTS.run(conn, "01_landed_seq")


def _make_landing(conn: psycopg.Connection[Any], stream: str, fields: list[str]) -> None:
    """A lenient inbox: text columns, and the order of landing by a default."""
    columns = [sql.SQL("{} text").format(sql.Identifier(field)) for field in fields]
    conn.execute(
        sql.SQL(
            "create table if not exists {} ({}, {} bigint default nextval('taskwho.landed_seq'))"
        ).format(
            sql.Identifier(SCHEMA, stream),
            sql.SQL(", ").join(columns),
            sql.Identifier(SEQUENCE),
        )
    )
