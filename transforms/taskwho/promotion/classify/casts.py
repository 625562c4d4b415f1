"""The strict casts of an entity's fields, composed for `cast.sql`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.model.entities import STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from taskwho.model.entities import Field
    from taskwho.promotion.tables.target import Target

# UTC as Salesforce spells it, which files for COPY are left with, and as RFC 3339 has it
_TIMES = ("____-__-__T__:__:__.000+0000", "____-__-__T__:__:__.000Z")
# Salesforce's first date-time (SOAP API guide, primitive types)
EARLIEST = "1700-01-01"


class Casts:
    """What the columns of one cast view are made of.

    A timestamp in one of the usual shapes is cast at once and believed if writing it gives the
    same text again: measured at 0.8 s for a million, against 5.8 s for the pattern of a strict
    cast. Text of another shape, or all of it where an attempt raised (`strict`), takes that way.
    A record's timestamps are mostly one text (nobody changed it), or two: each is cast once.
    """

    def __init__(self, target: Target, *, latest: datetime, strict: bool) -> None:
        self._fields = target.entity.fields
        self._columns = target.table.columns
        # what the table does not keep cannot keep a row out of it; the stamp orders versions
        self._judged = [f for f in self._fields if f in target.fields or f.target == STAMP]
        self._times = [field for field in self._fields if _is_time(field)]
        self._latest = sql.Literal(latest)
        self._strict = strict

    def attempts(self) -> sql.Composable:
        """Casts that raise for text of the right shape that is no time (the 30th of February)."""
        moments = [field for field in self._fields if field.kind in ("timestamp", "date")]
        return sql.SQL("").join(
            sql.SQL(",\n                {} as {}").format(
                self._unless_repeated(field, self._attempted(field), "landed"), _attempt(field)
            )
            for field in moments
        )

    def conversions(self) -> sql.Composable:
        """Every field as its column's type; null where it does not fit."""
        return _lines(
            sql.SQL("{} as {}").format(
                self._unless_repeated(field, self._conversion(field)), sql.Identifier(field.target)
            )
            for field in self._fields
        )

    def sources(self) -> sql.Composable:
        """The fields as they landed."""
        return _lines(sql.Identifier(field.source) for field in self._fields)

    def shared(self) -> sql.Composable:
        """The columns, where a timestamp that repeats an earlier one takes its value."""
        return _lines(self._shared(field) for field in self._fields)

    def columns(self) -> sql.Composable:
        """The columns that the fields become."""
        return _lines(sql.Identifier(field.target) for field in self._fields)

    def lacks_value(self) -> sql.Composable:
        """Whether a look at every field for `nulls` is worth its time; mostly it is not."""
        needed = [sql.Identifier(field.source) for field in self._judged if self._is_needed(field)]
        return sql.SQL("num_nulls({}) > 0 or key like 'no-id-%'").format(_commas(needed))

    def lacks_fit(self) -> sql.Composable:
        """Whether a look at every field for `invalid` is worth its time."""
        cast = [sql.Identifier(f.target) for f in self._judged if f.kind != "reference"]
        return sql.SQL("num_nulls({}) > 0 or not pg_temp.is_salesforce_id(key)").format(
            _commas(cast)
        )

    def stamp_of_version(self) -> sql.Composable:
        """What orders the versions of one key: the stamp as a strict cast reads it."""
        stamp = next(field for field in self._fields if field.target == STAMP)
        return self._in_range(stamp, _strict(stamp, sql.Identifier("version", stamp.source)))

    def nulls(self) -> sql.Composable:
        """The fields that must have a value and have none."""
        told: list[tuple[sql.Composable, str]] = [(sql.SQL("key like 'no-id-%'"), "Id")]
        told += [
            (sql.SQL("{} is null").format(sql.Identifier(field.source)), field.source)
            for field in self._judged
            if self._is_needed(field)
        ]
        return _named(told)

    def invalid(self) -> sql.Composable:
        """The fields whose value does not fit."""
        told: list[tuple[sql.Composable, str]] = [
            (sql.SQL("not pg_temp.is_salesforce_id(key) and key not like 'no-id-%'"), "Id")
        ]
        told += [
            (self._misfit(field), field.source)
            for field in self._judged
            if field.kind != "reference"
        ]
        return _named(told)

    def _shared(self, field: Field) -> sql.Composable:
        column = sql.Identifier(field.target)
        cases = [
            sql.SQL("when {} then {}").format(_is_same(field, other), sql.Identifier(other.target))
            for other in self._earlier(field)
        ]
        if not cases:
            return column
        return sql.SQL("case {0} else {1} end as {1}").format(sql.SQL(" ").join(cases), column)

    def _unless_repeated(self, field: Field, value: sql.Composable, *table: str) -> sql.Composable:
        """A value that nothing is spent on where a timestamp repeats an earlier one."""
        repeats = [_is_same(field, other, *table) for other in self._earlier(field)]
        if not repeats:
            return value
        return sql.SQL("case when {} then null else {} end").format(
            sql.SQL(" or ").join(repeats), value
        )

    def _earlier(self, field: Field) -> list[Field]:
        """The timestamps that come before one, whose text it may repeat."""
        return self._times[: self._times.index(field)] if field in self._times else []

    def _conversion(self, field: Field) -> sql.Composable:
        source = sql.Identifier(field.source)
        if field.kind == "boolean":
            # as it is mostly written first: `lower` takes four times as long as all of this
            return sql.SQL(
                "case {0} when 'false' then false when 'true' then true else "
                "case when lower({0}) in ('true', 't') then true "
                "when lower({0}) in ('false', 'f') then false end end"
            ).format(source)
        if field.kind in ("timestamp", "date"):
            return self._moment(field)
        column = self._columns.get(field.target)
        longest = column.max_length if column else None
        if field.kind == "reference" or longest is None:
            return source
        return sql.SQL("case when char_length({0}) <= {1} then {0} end").format(
            source, sql.Literal(longest)
        )

    def _attempted(self, field: Field) -> sql.Composable:
        source = sql.Identifier("landed", field.source)
        if self._strict:
            return _strict(field, source)
        shapes = _TIMES if _is_time(field) else ("____-__-__",)
        looks_so = sql.SQL(" or ").join(
            sql.SQL("{} like {}").format(source, sql.Literal(shape)) for shape in shapes
        )
        return sql.SQL("case when {} then {}::{} end").format(looks_so, source, sql.SQL(field.kind))

    def _moment(self, field: Field) -> sql.Composable:
        source, attempt = sql.Identifier(field.source), _attempt(field)
        if self._strict:
            return self._in_range(field, attempt)
        written, text = sql.SQL("{}").format(source), sql.SQL("{}::text").format(attempt)
        if _is_time(field):
            text = sql.SQL("replace({}, ' ', 'T') || '.000'").format(text)
            # the offset behind it was looked at before the attempt
            written = sql.SQL("left({}, 23)").format(source)
        return sql.SQL("case when {} = {} then {} else {} end").format(
            text,
            written,
            self._in_range(field, attempt),
            self._in_range(field, _strict(field, source)),
        )

    def _in_range(self, field: Field, moment: sql.Composable) -> sql.Composable:
        """A moment where it can be true, else null."""
        if not _is_time(field):
            return moment
        return sql.SQL("case when {0} between {1} and {2} then {0} end").format(
            moment, sql.Literal(EARLIEST), self._latest
        )

    def _is_needed(self, field: Field) -> bool:
        return field.required or self._columns[field.target].not_null

    @staticmethod
    def _misfit(field: Field) -> sql.Composable:
        return sql.SQL("{} is not null and {} is null").format(
            sql.Identifier(field.source), sql.Identifier(field.target)
        )


def _is_time(field: Field) -> bool:
    return field.kind == "timestamp"


def _is_same(field: Field, other: Field, *table: str) -> sql.Composable:
    return sql.SQL("{} = {}").format(
        sql.Identifier(*table, field.source), sql.Identifier(*table, other.source)
    )


def _attempt(field: Field) -> sql.Identifier:
    return sql.Identifier(f"attempted {field.target}")


def _strict(field: Field, source: sql.Composable) -> sql.Composable:
    return sql.SQL("pg_temp.strict_{}({})").format(sql.SQL(field.kind), source)


def _named(told: Iterable[tuple[sql.Composable, str]]) -> sql.Composable:
    """The names whose condition holds, with commas; null where none does."""
    cases = [
        sql.SQL("case when {} then {} end").format(condition, sql.Literal(name))
        for condition, name in told
    ]
    return sql.SQL("nullif(concat_ws(', ',\n        {}\n    ), '')").format(
        sql.SQL(",\n        ").join(cases)
    )


def _lines(items: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(",\n        ").join(items)


def _commas(items: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(", ").join(items)
