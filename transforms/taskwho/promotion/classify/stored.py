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
        return sql.SQL("left join {} as stored on stored.{} = version.key").format(
            names.target, names.key
        )
    columns = [into.key, *(field.target for field in into.fields)]
    nulls = [
        sql.SQL("null::{} as {}").format(
            sql.Identifier(into.table.columns[column].type_name), sql.Identifier(column)
        )
        for column in columns
    ]
    return sql.SQL("cross join (select {}) as stored").format(sql.SQL(", ").join(nulls))


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
