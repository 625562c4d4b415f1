"""The landing tables of the schema `taskwho`, made from the declared streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import catalog
from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.entities import DELETES, DELETES_FIELDS, ENTITIES, JOURNAL, JOURNAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

SCHEMA = "taskwho"
SEQUENCE = "landed_seq"
# What a field holds that a run did not read: the default of its column, which COPY and INSERT leave
# where the SCHEMA message lacks it. No value of Salesforce begins with a space: it cuts them off.
NOT_READ = " not read "


def streams() -> dict[str, list[str]]:
    """Every stream that lands and its fields, in the order in which they are promoted."""
    landed = {entity.stream: ["Id", *(f.source for f in entity.fields)] for entity in ENTITIES}
    return {**landed, DELETES: ["Id", *DELETES_FIELDS], JOURNAL: list(JOURNAL_FIELDS)}


def existing(conn: psycopg.Connection[Any], names: Iterable[str]) -> list[str]:
    """Those of the tables that the schema `taskwho` has, in the given order."""
    return catalog.existing(conn, SCHEMA, names)


def make_tables(conn: psycopg.Connection[Any], names: Iterable[str]) -> None:
    """Make the landing tables of these streams: text columns, and one for the order of landing."""
    promoted = {entity.stream for entity in ENTITIES}
    for stream in names:
        columns = [
            sql.SQL("{} text default {}").format(sql.Identifier(field), NOT_READ)
            if stream in promoted and field != "Id"
            else sql.SQL("{} text").format(sql.Identifier(field))
            for field in streams()[stream]
        ]
        SCRIPTS.run(
            conn,
            "landing_table",
            table=sql.Identifier(SCHEMA, stream),
            column_definitions=sql.SQL(",\n    ").join(columns),
        )


def add_comments(conn: psycopg.Connection[Any]) -> None:
    """Comment on the landing tables that this role owns, also on those that a loader made."""
    values = {"streams": list(streams())}
    comments = [comment for (comment,) in SCRIPTS.run(conn, "landing_comments", values)]
    conn.execute(";\n".join(comments).encode())
