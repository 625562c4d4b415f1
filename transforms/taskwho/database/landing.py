"""The landing tables of the schema `taskwho`, made from the declared streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import catalog
from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.entities import DELETES, DELETES_FIELDS, ENTITIES, JOURNAL, JOURNAL_FIELDS
from taskwho.model.errors import Misconfigured
from taskwho.model.errors.database import LANDING_UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

SCHEMA = "taskwho"
SEQUENCE = "landed_seq"
# What a field holds that a run did not read: the default of its column, which COPY and INSERT leave
# where the SCHEMA message lacks it. No value of Salesforce begins with a space: it cuts them off.
NOT_READ = " not read "
_KEYS = ("Id",)
# pg_type.typcategory of texts, booleans, dates and numbers: each has one text for a value
_CATEGORIES = frozenset("SBDN")
# Columns that a loader adds to its tables (docs.airbyte.com, Typing and Deduping; dlthub.com/docs,
# Destination tables; fivetran.com/docs, System columns and tables).
_MARKS = {"_airbyte_": "Airbyte", "_dlt_": "dlt", "_fivetran_": "Fivetran"}


def streams() -> dict[str, list[str]]:
    """Every stream that lands and its fields, in the order in which they are promoted."""
    landed = {entity.stream: ["Id", *(f.source for f in entity.fields)] for entity in ENTITIES}
    return {**landed, DELETES: ["Id", *DELETES_FIELDS], JOURNAL: list(JOURNAL_FIELDS)}


def existing(conn: psycopg.Connection[Any], names: Iterable[str]) -> list[str]:
    """Those of the tables that the schema `taskwho` has, in the given order."""
    return catalog.existing(conn, SCHEMA, names)


def check(table: catalog.Table) -> None:
    """Raise Misconfigured where a loader has made columns that the promotion cannot read.

    It reads Salesforce's names, as text or as the types that the stock loader makes. A column that
    is not there was not read.
    """
    names = streams()[table.name]
    if names[0] in _KEYS and names[0] not in table.columns:
        found = ", ".join(name for name in table.columns if name != SEQUENCE)
        columns = f"it has no column Id, but {found}"
    else:
        unfit = [found for name, found in table.columns.items() if name in names]
        unfit = [column for column in unfit if column.category not in _CATEGORIES]
        columns = ", ".join(f"{column.name} has the type {column.shown_type}" for column in unfit)
    if columns:
        title = table.title
        raise Misconfigured(LANDING_UNFIT, table=title, loader=_loader(table), columns=columns)


def _loader(table: catalog.Table) -> str:
    """Who made it, by the names of its columns."""
    for prefix, loader in _MARKS.items():
        if any(name.startswith(prefix) for name in table.columns):
            return loader
    if "id" in table.columns:
        return "a loader that writes names in small letters, as pipelinewise-target-postgres does"
    return "another loader"


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
