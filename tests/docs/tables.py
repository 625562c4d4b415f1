"""The page of tables: the comments of the schema `taskwho`, and what fills the sf_* tables."""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from taskwho.database import landing
from taskwho.model.entities import CONTACTS, RELATIONS, TASKS, USERS
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.entities import Entity

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "tables.md"
HEAD = """\
<!-- Written by `make docs` from the comments of the migrations. Do not edit it. -->

# Tables

The program writes two schemas. `taskwho` holds its own tables; `taskwho prepare` and
`taskwho post-load` create and migrate them. The tables of people, tasks and relations are in the
schema that the setting `schema` names, by default `public`.

A **public** table is there to be read: its columns keep their names and meaning. An **internal**
table may change with any release. Nobody but the program should write to either, except to landing
tables.
"""
OWN = """
## Schema taskwho
"""
LANDING = """
### Landing tables

The loader appends rows to them, `taskwho post-load` takes them. Public: any loader may append to
them. Every column is text but `landed_seq`, the order of landing. Landing tables that a loader
made, with other types or columns, are read as they are.

| table | columns |
|---|---|
"""
RESULTS = """
## Schema public

A run creates a table that is missing, and uses one that exists as it is, with its own columns and
keys. Names of tables and of key columns are settings. Public: other programs read these tables, and
jobs of yours may fill the parents.
"""
RESULT_TABLES = {
    "sf_taskwhorelations": RELATIONS,
    "sf_activities": TASKS,
    "sf_contacts": CONTACTS,
    "sf_users": USERS,
}
OTHERS = {
    "id": "Key of this table alone.",
    "salesforce_id": "Id of the record in Salesforce.",
    "created_at": "Time in UTC at which the row was inserted.",
    "updated_at": "Time in UTC at which the row was last changed.",
}


def write(url: str) -> str:
    """The page, from an empty database: it gets the schema and every table of a first run."""
    make_all(url)
    own = columns(url, "taskwho")
    results = columns(url, "public")
    landed = "".join(
        f"| `taskwho.{stream}` | {', '.join(f'`{row[2]}`' for row in own.pop(stream))} |\n"
        for stream in landing.streams()
    )
    return "".join(
        [
            HEAD,
            OWN,
            *(section(f"taskwho.{name}", rows) for name, rows in own.items()),
            LANDING,
            landed,
            RESULTS,
            *results_of(url, results),
        ]
    )


def make_all(url: str) -> None:
    """A first run with parents creates every table."""
    promoting.land_parents(url)
    seed.land(url, [seed.relation(1)])
    with tempfile.TemporaryDirectory() as folder:
        post_load(url, PostLoadSettings(reports_dir=Path(folder)))


def columns(url: str, schema: str) -> dict[str, list[tuple[Any, ...]]]:
    """The columns of a schema's tables: table, its comment, column, type, comment."""
    rows = ask(url, "tables", schema)
    return {name: list(of) for name, of in groupby(rows, key=lambda row: row[0])}


def section(name: str, rows: list[tuple[Any, ...]]) -> str:
    """One table with its comment, a line a column."""
    lines = [f"| `{column}` | {kind} | {comment} |\n" for *_, column, kind, comment in rows]
    head = f"\n### {name}\n\n{rows[0][1] or ''}".rstrip()
    return f"{head}\n\n| column | type | |\n|---|---|---|\n{''.join(lines)}"


def results_of(url: str, found: dict[str, list[tuple[Any, ...]]]) -> Iterator[str]:
    """The sf_* tables: what fills each column, and the keys."""
    keys = ask(url, "keys", "public")
    for name, entity in RESULT_TABLES.items():
        filled = {column: fills(entity, column) for _, _, column, *_ in found[name]}
        comment = f"Filled from the stream `{entity.stream}`."
        rows = [
            (name, comment, column, kind, filled[column]) for *_, column, kind, _ in found[name]
        ]
        yield section(name, rows)
        yield "\n" + "".join(f"- `{text}`\n" for table, text in keys if table == name)


def fills(entity: Entity, column: str) -> str:
    """What a column of a sf_* table holds."""
    fields = {field.target: f"Field `{field.source}`." for field in entity.fields}
    constants = {target: f"Always `{value}`." for target, value in entity.constants}
    return (OTHERS | constants | fields)[column]


def ask(url: str, script: str, schema: str) -> list[tuple[Any, ...]]:
    """Rows of a script beside this module."""
    with psycopg.connect(url) as connection:
        query = (HERE / f"{script}.sql").read_bytes()
        return connection.execute(query, {"schema": schema}).fetchall()
