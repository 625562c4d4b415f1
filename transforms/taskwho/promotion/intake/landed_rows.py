"""Locks the landing tables while their rows are promoted, and empties them with the commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import catalog, landing, scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import ENTITIES, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import psycopg

    from taskwho.database.catalog import Column, Table

_SQL = Scripts(__package__)
# The promotion asks only how many rows there are and how many differ. 300 rows for each of these
# answer that as well as the 30,000 that PostgreSQL reads by default.
_STATISTICS_TARGET = sql.Literal(10)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Landed:
    """What has landed of one stream; some of the rows were read without the fields `unread`.

    `replaced` values hold U+FFFD, which stands for what PostgreSQL cannot store.
    """

    rows: int
    unread: frozenset[str] = frozenset()
    replaced: int = 0


def lock_landing(conn: psycopg.Connection[Any]) -> dict[str, Landed]:
    """What has landed of each stream; a view `inbox_<stream>` shows it.

    Comes before any lock on a user's table. A loader that appends meanwhile waits, so that no row
    is emptied away unseen. The rows are read where they lie: copying them would take time, and
    parallel workers cannot read a temporary table.
    """
    tables = (sql.Identifier(landing.SCHEMA, stream) for stream in landing.streams())
    names = sql.SQL(", ").join(tables)
    conn.execute(sql.SQL("lock table {} in access exclusive mode").format(names))
    return {stream: _view(conn, stream) for stream in landing.streams() if stream != JOURNAL}


def empty_landing(conn: psycopg.Connection[Any], landed: Mapping[str, int]) -> None:
    """Remove what has landed, when nothing reads it any more."""
    for stream, rows in landed.items():
        table = catalog.require(conn, landing.SCHEMA, stream)
        conn.execute(sql.SQL("drop view if exists {} cascade").format(_inbox(stream)))
        if rows:
            conn.execute(sql.SQL("truncate {}").format(table.identifier))
        if landing.SEQUENCE not in table.columns:
            _add_sequence(conn, table)


def discard(conn: psycopg.Connection[Any], streams: Iterable[str]) -> None:
    """Remove what has landed of some streams, unread; the views show nothing from here on."""
    for stream in streams:
        conn.execute(sql.SQL("truncate {}").format(sql.Identifier(landing.SCHEMA, stream)))


def texts(table: Table, fields: Iterable[str], missing: sql.Composable = sql.NULL) -> sql.Composed:
    """Landed fields as text; `missing` where the loader has no such column."""
    return scripts.lines([_as_text(table.columns.get(field), field, missing) for field in fields])


def _view(conn: psycopg.Connection[Any], stream: str) -> Landed:
    table = catalog.require(conn, landing.SCHEMA, stream)
    landing.check(table)
    fields = landing.streams()[stream]
    has_sequence = landing.SEQUENCE in table.columns
    _SQL.run(
        conn,
        "inbox",
        inbox=_inbox(stream),
        landing=table.identifier,
        landed_seq=sql.Identifier("landed", landing.SEQUENCE) if has_sequence else sql.NULL,
        record=scripts.lines([sql.Identifier("landed", f) for f in fields if f in table.columns]),
        columns=texts(table, fields[1:], sql.Literal(landing.NOT_READ)),
    )
    landed = _look(conn, table, fields[1:])
    if landed.rows:
        _analyze(conn, table)
    return landed


def _look(conn: psycopg.Connection[Any], table: Table, fields: list[str]) -> Landed:
    """Count the rows, and find the fields that some of them were read without."""
    texts = [f for f in fields if f in table.columns and table.columns[f].type_name == "text"]
    is_unread = [
        sql.SQL("coalesce(bool_or({} = {}), false)").format(sql.Identifier(f), landing.NOT_READ)
        for f in texts
    ]
    query = sql.SQL("select {} from {}").format(
        sql.SQL(", ").join([sql.SQL("count(*)"), _replaced(table), *is_unread]), table.identifier
    )
    [(rows, replaced, *found)] = conn.execute(query).fetchall()
    if not rows:
        return Landed(0)
    unread = [field for field, is_so in zip(texts, found, strict=True) if is_so]
    missing = [field for field in fields if field not in table.columns]
    return Landed(rows, frozenset({*unread, *missing}), replaced)


def _replaced(table: Table) -> sql.Composed:
    """How many texts hold U+FFFD. In a value of another kind it does not fit, and is listed so."""
    counts: list[sql.Composable] = [
        sql.SQL("count(*) filter (where strpos({}, {}) > 0)").format(
            sql.Identifier(field.source), _REPLACEMENT
        )
        for entity in ENTITIES
        for field in entity.fields
        if entity.stream == table.name
        and field.kind == "text"
        and field.source in table.columns
        and table.columns[field.source].category == "S"
    ]
    return sql.SQL(" + ").join(counts or [sql.SQL("0")])


def _analyze(conn: psycopg.Connection[Any], table: Table) -> None:
    """Statistics of the columns that are joined; those of every column take three times as long."""
    joined = [
        field.source
        for entity in ENTITIES
        for field in entity.fields
        if entity.stream == table.name
        and field.kind == "reference"
        and field.source in table.columns
    ]
    conn.execute(sql.SQL("set local default_statistics_target = {}").format(_STATISTICS_TARGET))
    columns = scripts.names(["Id", *joined])
    conn.execute(sql.SQL("analyze {} ({})").format(table.identifier, columns))
    conn.execute("set local default_statistics_target to default")


def _as_text(column: Column | None, field: str, missing: sql.Composable) -> sql.Composed:
    value: sql.Composable = sql.Identifier("landed", field)
    if column is None:
        value = sql.SQL("{}::text").format(missing)
    elif column.type_name == "timestamp":
        # the stock loader keeps UTC in typed columns, and drops the zone
        value = sql.SQL("{}::text || 'Z'").format(value)
    elif column.type_name != "text":
        value = sql.SQL("{}::text").format(value)
    return sql.SQL("{} as {}").format(value, sql.Identifier(field))


def _add_sequence(conn: psycopg.Connection[Any], table: Table) -> None:
    """Number the rows that land from now on, in a table that the loader made."""
    add = "alter table {} add column {} bigint default nextval('taskwho.landed_seq')"
    conn.execute(sql.SQL(add).format(table.identifier, sql.Identifier(landing.SEQUENCE)))


def _inbox(stream: str) -> sql.Identifier:
    return sql.Identifier(f"inbox_{stream}")
