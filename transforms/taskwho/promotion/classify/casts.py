"""The columns of the view `cast`: every field as its column has it, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing
from taskwho.model.entities import STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from taskwho.model.entities import Field
    from taskwho.promotion.tables.names import Names


class Casts:
    """The expressions for one stream and its table."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._fields = names.entity.fields
        self._columns = names.into.table.columns
        # a value that the table does not keep cannot keep a row out, but the stamp orders versions
        kept = [f for f in self._fields if f in names.into.fields or f.target == STAMP]
        self._needed = [f for f in kept if f.required or self._columns[f.target].not_null]
        self._unread = names.unread
        self._cast = [field for field in kept if field.kind != "reference"]

    def converted(self) -> sql.Composed:
        """The rows with a column for each field; null where a value does not fit.

        Most records hold the same text in two or three of their times: nobody changed them. So a
        time is read and checked only where its text differs from that of the time before it. A
        first select reads the times, a second one checks them.
        """
        times = [field for field in self._fields if field.kind == "timestamp"]
        others = [self._column(field) for field in self._fields if field not in times]
        before = [None, *times]
        read = _once("read", self._names.landed, [*others, *map(_read, times, before)])
        checked = _once("checked", read, list(map(_checked, times, before)))
        return sql.SQL("(select landed.*, {} from {} as landed)").format(
            _commas(_taken_over(times)), checked
        )

    def lacks_value(self) -> sql.Composed:
        """Whether `nulls` has to look at every field, which it mostly has not."""
        return sql.SQL("num_nulls({}) > 0 or key like 'no-id-%'").format(
            _commas(sql.Identifier(field.source) for field in self._needed)
        )

    def nulls(self) -> sql.Composed:
        """The names of the fields that must have a value and have none."""
        return _listed(
            [(sql.SQL("key like 'no-id-%'"), "Id")]
            + [
                (sql.SQL("{} is null").format(sql.Identifier(field.source)), field.source)
                for field in self._needed
            ]
        )

    def lacks_fit(self) -> sql.Composed:
        """Whether `invalid` has to look at every field."""
        return sql.SQL("num_nulls({}) > 0 or not pg_temp.is_salesforce_id(key)").format(
            _commas(sql.Identifier(field.target) for field in self._cast)
        )

    def invalid(self) -> sql.Composed:
        """The names of the fields whose value does not fit."""
        return _listed(
            [(sql.SQL("not pg_temp.is_salesforce_id(key) and key not like 'no-id-%'"), "Id")]
            + [
                (
                    sql.SQL("{0} is not null and {0} <> {1} and {2} is null").format(
                        sql.Identifier(field.source),
                        landing.NOT_READ,
                        sql.Identifier(field.target),
                    ),
                    field.source,
                )
                for field in self._cast
            ]
        )

    def unread(self) -> sql.Composable:
        """The columns of the fields that a row was read without; null where it has them all."""
        cases = [
            sql.SQL("case when {} = {} then {} end").format(
                sql.Identifier(field.source), landing.NOT_READ, field.target
            )
            for field in self._unread
        ]
        if not cases:
            return sql.SQL("null::text[]")
        return sql.SQL("nullif(array_remove(array[{}], null), array[]::text[])").format(
            _commas(cases)
        )

    def _column(self, field: Field) -> sql.Composed:
        value: sql.Composable = sql.Identifier("landed", field.source)
        if field in self._unread:
            value = sql.SQL("nullif({}, {})").format(value, landing.NOT_READ)
        column = self._columns.get(field.target)
        if field.kind in ("boolean", "date"):
            value = sql.SQL("pg_temp.cast_{}({})").format(sql.SQL(field.kind), value)
        elif field.kind == "text" and column and column.max_length:
            value = sql.SQL("pg_temp.cast_text({}, {})").format(value, column.max_length)
        return sql.SQL("{} as {}").format(value, sql.Identifier(field.target))


def _once(step: str, rows: sql.Composable, columns: list[sql.Composed]) -> sql.Composed:
    """A select that computes its columns once, however often they are used."""
    return sql.SQL("(select landed.*, {}, pg_temp.once() as {} from {} as landed)").format(
        _commas(columns), sql.Identifier(f"once {step}"), rows
    )


def _read(field: Field, before: Field | None) -> sql.Composed:
    """A time as it is read. Null where its text equals that of the time before it."""
    value = sql.SQL("pg_temp.read_timestamp({})").format(_source(field))
    return sql.SQL("{} as {}").format(_unless_same(value, field, before), _step("read", field))


def _checked(field: Field, before: Field | None) -> sql.Composed:
    """A time as it is checked. Null where its text equals that of the time before it."""
    value = sql.SQL("pg_temp.checked_timestamp({}, {})").format(
        _step("read", field), _source(field)
    )
    return sql.SQL("{} as {}").format(_unless_same(value, field, before), _step("checked", field))


def _unless_same(value: sql.Composed, field: Field, before: Field | None) -> sql.Composed:
    if before is None:
        return value
    return sql.SQL("case when {} is distinct from {} then {} end").format(
        _source(field), _source(before), value
    )


def _taken_over(times: list[Field]) -> Iterator[sql.Composed]:
    """The times as columns. One whose text equals that of the time before takes its value."""
    value: sql.Composable = sql.NULL
    same = sql.SQL("case when {} = {} then {} else {} end")
    for before, field in zip([None, *times], times, strict=False):
        own = _step("checked", field)
        value = same.format(_source(field), _source(before), value, own) if before else own
        yield sql.SQL("{} as {}").format(value, sql.Identifier(field.target))


def _source(field: Field) -> sql.Identifier:
    return sql.Identifier("landed", field.source)


def _step(name: str, field: Field) -> sql.Identifier:
    return sql.Identifier(f"{name} {field.target}")


def _listed(found: Iterable[tuple[sql.Composable, str]]) -> sql.Composed:
    """The names whose condition holds, with commas; null where none does."""
    cases = [
        sql.SQL("case when {} then {} end").format(condition, sql.Literal(name))
        for condition, name in found
    ]
    return sql.SQL("nullif(concat_ws(', ', {}), '')").format(_commas(cases))


def _commas(items: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(items)
