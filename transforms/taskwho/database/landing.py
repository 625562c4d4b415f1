"""The landing tables of the schema `taskwho`, made from the declarations of what lands."""

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
_COMMENT = (
    "Landing table of the stream {}: every value is text. The loader appends rows, post-load "
    "takes them. Written by the loader. Public: any loader may append to it."
)


def streams() -> dict[str, list[str]]:
    """Every stream that lands and its fields, in the order in which they are promoted."""
    landed = {entity.stream: ["Id", *(f.source for f in entity.fields)] for entity in ENTITIES}
    return {**landed, DELETES: ["Id", *DELETES_FIELDS], JOURNAL: list(JOURNAL_FIELDS)}


def existing(conn: psycopg.Connection[Any], names: Iterable[str]) -> list[str]:
    """Those of the tables that the schema `taskwho` has, in the order asked for."""
    return catalog.existing(conn, SCHEMA, names)


def make_tables(conn: psycopg.Connection[Any], names: Iterable[str]) -> None:
    """Make the landing tables of these streams: text columns, and the order of landing."""
    for stream in names:
        columns = [sql.SQL("{} text").format(sql.Identifier(field)) for field in streams()[stream]]
        SCRIPTS.run(
            conn,
            "landing_table",
            table=sql.Identifier(SCHEMA, stream),
            columns=sql.SQL(",\n    ").join(columns),
        )


def add_comments(conn: psycopg.Connection[Any]) -> None:
    """Comment on the landing tables that this role owns, also on those that a loader made."""
    comments = []
    for stream, columns in SCRIPTS.run(conn, "landing_columns", {"streams": list(streams())}):
        comments.append(
            sql.SQL("comment on table {} is {}").format(
                sql.Identifier(SCHEMA, stream), sql.Literal(_COMMENT.format(stream))
            )
        )
        texts = {field: f"{field} as it landed." for field in streams()[stream]}
        texts[SEQUENCE] = "Order of landing, from the sequence landed_seq."
        comments += [
            sql.SQL("comment on column {} is {}").format(
                sql.Identifier(SCHEMA, stream, column), sql.Literal(texts[column])
            )
            for column in columns
            if column in texts
        ]
    conn.execute(sql.SQL(";\n").join(comments))
