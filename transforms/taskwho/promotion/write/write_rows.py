"""Writes the classified rows into the user's table, so that one bad row never costs another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.entities import STAMP
from taskwho.promotion import references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)
# rows between two savepoints
CHUNK = 1000


def write_rows(context: Context, names: Names) -> int:
    """How many rows the table was to take; what it refused fails, with the reason."""
    pairs = names.into.new_row(names.entity)
    inserts = {
        "columns": _commas(sql.Identifier(column) for column, _ in pairs),
        "values": _commas(value for _, value in pairs),
    }
    if names.into.is_fresh:
        return _SQL.run_for(context.conn, "write_all", names, **inserts).rowcount
    to_write = context.number(_SQL.compose("rows_to_write", names))
    if not to_write:
        return 0
    _SQL.run_for(context.conn, "refused", names)
    _SQL.run_for(
        context.conn,
        "write_functions",
        names,
        **inserts,
        assignments=_assignments(names, [field.target for field in names.into.fields]),
        marks=_marks(names),
    )
    pages = sql.Literal(_pages_per_chunk(context, names))
    _SQL.run_for(context.conn, "write_chunks", names, pages_per_chunk=pages)
    if context.holds(sql.SQL("select from {}").format(names.refused)):
        _explain_refused(context, names)
    return to_write


def _explain_refused(context: Context, names: Names) -> None:
    """Give the refused rows their reasons; one whose parent went meanwhile misses it."""
    filled = sql.Literal([column for column, _ in names.into.new_row(names.entity)])
    _SQL.run_for(context.conn, "refused_reasons", names, filled=filled)
    entity = names.entity
    columns = [
        sql.SQL("({}, {})").format(entity.field(reference.field).target, reference.field)
        for reference in names.references
    ]
    if not columns:
        return
    field, record_id = sql.Identifier("lost", "field"), sql.Identifier("lost", "id")
    _SQL.run_for(
        context.conn,
        "gone_parents",
        names,
        references=_commas(columns),
        reason=references.of_parent(entity, field, record_id, lambda parent: parent.missing),
    )


def _marks(names: Names) -> sql.Composed:
    """What an update of a deleted row sets: its keys stay as they are."""
    marks = _assignments(names, [STAMP])
    if names.into.writes("is_deleted"):
        marks = sql.SQL("is_deleted = true, {}").format(marks)
    return marks


def _assignments(names: Names, columns: list[str]) -> sql.Composed:
    """What an update sets: those of the columns that are written, and updated_at.

    What was not read stays as it is, also where another session changes it meanwhile.
    """
    into, unread = names.into, {field.target for field in names.unread}
    keep = sql.SQL("case when {0} = any(classified.unread) then {1} else {2} end")
    pairs: list[tuple[str, sql.Composable]] = []
    for name in filter(into.writes, columns):
        value: sql.Composable = sql.Identifier("classified", name)
        if name in unread:
            value = keep.format(name, sql.Identifier("stored", name), value)
        pairs.append((name, value))
    # an update has to set something
    pairs = [*pairs, *into.times("updated_at")] or [(into.key, sql.Identifier("stored", into.key))]
    return _commas(sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in pairs)


def _pages_per_chunk(context: Context, names: Names) -> int:
    """Chunks are ranges of pages, which needs neither an index nor a number on each row."""
    rows_per_page = context.number(_SQL.compose("rows_per_page", names))
    return max(1, CHUNK // max(1, rows_per_page))


def _commas(items: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(items)
