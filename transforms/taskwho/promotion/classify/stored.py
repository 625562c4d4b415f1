"""How each row finds the version that the user's table stores, and compares with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.model.entities import STAMP

if TYPE_CHECKING:
    from taskwho.promotion.tables.names import Names

_FALSE, _TRUE = sql.SQL("false"), sql.SQL("true")


def stored(names: Names) -> sql.Composed:
    """The join with the user's table; with nulls where this transaction made it."""
    into = names.into
    if not into.is_fresh:
        rows: sql.Composable = names.target
        if not into.key_column.is_unique:
            rows = _newest_of_each(names)
        return sql.SQL("left join {} as stored on stored.{} = version.key::{}").format(
            rows, names.key, names.key_type
        )
    columns = [into.key, *(field.target for field in into.fields)]
    nulls = [
        sql.SQL("null::{} as {}").format(
            sql.Identifier(into.table.columns[column].type_name), sql.Identifier(column)
        )
        for column in columns
    ]
    return sql.SQL("cross join (select {}) as stored").format(sql.SQL(", ").join(nulls))


def _newest_of_each(names: Names) -> sql.Composed:
    """One row for each key of a table that may hold several."""
    newest = sql.SQL(", {} desc nulls last").format(names.stamp)
    return sql.SQL("(select distinct on ({}) * from {} order by {}{})").format(
        names.key, names.target, names.key, newest if names.into.writes(STAMP) else sql.SQL("")
    )


def comparison(names: Names) -> dict[str, sql.Composable]:
    """Whether a version is newer than the stored one, of its second, different, deleted.

    Without a column for the stamp, what differs is written.
    """
    fields = [sql.Identifier(field.target) for field in names.into.fields]
    sides = [
        sql.SQL(", ").join(sql.SQL("{}.{}").format(sql.SQL(side), field) for field in fields)
        for side in ("stored", "version")
    ]
    has_stamp = names.into.writes(STAMP)
    has_deleted = names.into.writes("is_deleted")
    return {
        "is_newer": sql.SQL("coalesce(stored.{0} < version.{0}, true)").format(names.stamp)
        if has_stamp
        else _FALSE,
        "is_equal": sql.SQL("stored.{0} = version.{0}").format(names.stamp) if has_stamp else _TRUE,
        "differs": sql.SQL("row({}) is distinct from row({})").format(*sides) if fields else _FALSE,
        "is_deleted": sql.SQL("version.is_deleted") if has_deleted else _FALSE,
        "was_deleted": sql.SQL("coalesce(stored.is_deleted, false)") if has_deleted else _FALSE,
    }
