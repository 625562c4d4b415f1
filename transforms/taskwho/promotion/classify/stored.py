"""How each row finds the version that the user's table stores, and compares with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from psycopg import sql

from taskwho.model.entities import STAMP, Kind

if TYPE_CHECKING:
    from taskwho.model.entities import Field
    from taskwho.promotion.tables.names import Names

_TYPES = {kind: sql.SQL("text" if kind == "reference" else kind) for kind in get_args(Kind)}
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
    fields = names.into.fields
    stored = sql.SQL(", ").join(sql.Identifier("stored", field.target) for field in fields)
    version = sql.SQL(", ").join(_value(names, field) for field in fields)
    has_stamp = names.into.writes(STAMP)
    has_deleted = names.into.writes("is_deleted")
    return {
        "is_newer": sql.SQL("coalesce(stored.{0} < version.{0}, true)").format(names.stamp)
        if has_stamp
        else _FALSE,
        "is_equal": sql.SQL("stored.{0} = version.{0}").format(names.stamp) if has_stamp else _TRUE,
        "differs": sql.SQL("row({}) is distinct from row({})").format(stored, version)
        if fields
        else _FALSE,
        "is_deleted": _value(names, names.entity.field("IsDeleted")) if has_deleted else _FALSE,
        "was_deleted": sql.SQL("coalesce(stored.is_deleted, false)") if has_deleted else _FALSE,
    }


def values(names: Names) -> list[sql.Composed]:
    """The fields of a version; one that it was read without is as it is stored."""
    return [
        sql.SQL("{} as {}").format(_value(names, field), sql.Identifier(field.target))
        for field in names.entity.fields
    ]


def hidden(names: Names) -> sql.Composable:
    """The fields that a row needs and was read without: a new row, or any for its stamp."""
    columns = names.into.table.columns
    cases: list[sql.Composable] = []
    for field in names.unread:
        condition = sql.SQL("{} = any(version.unread)").format(field.target)
        if field.target != STAMP:
            if field not in names.into.fields or not (
                field.required or field.kind == "reference" or columns[field.target].not_null
            ):
                continue
            condition = sql.SQL("{} and stored.{} is null").format(condition, names.key)
        name = f"{names.entity.sobject}.{field.source}"
        cases.append(sql.SQL("case when {} then {} end").format(condition, name))
    if not cases:
        return sql.SQL("null::text")
    return sql.SQL("nullif(concat_ws(', ', {}), '')").format(sql.SQL(", ").join(cases))


def _value(names: Names, field: Field) -> sql.Composable:
    version = sql.Identifier("version", field.target)
    if field not in names.unread or field not in names.into.fields:
        return version
    return sql.SQL("case when {} = any(version.unread) then {}::{} else {} end").format(
        field.target, sql.Identifier("stored", field.target), _TYPES[field.kind], version
    )
