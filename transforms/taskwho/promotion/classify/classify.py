"""Casts the candidates and says what is to become of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import psycopg
from psycopg import sql

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import PREFIX_LENGTH
from taskwho.promotion.classify.casts import Casts
from taskwho.promotion.classify.parents import Parents
from taskwho.promotion.classify.stored import comparison, hidden, stored, values

if TYPE_CHECKING:
    from taskwho.model.entities import Entity
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)


class Outcome(NamedTuple):
    """What became of how many rows; `reasons` is None where they do not wait.

    `live_change` is by how much the live rows of the table grew.
    """

    is_retried: bool
    outcome: str
    reasons: list[str] | None
    rows: int
    live_change: int


def classify(context: Context, names: Names) -> None:
    """Fill the table `classified` from the view `landed`."""
    parents = Parents(names)
    fields = scripts.names([field.target for field in names.entity.fields])
    _make_views(context, names, parents, fields)
    parts = {
        "fields": fields,
        "missing_reasons": parents.reasons(),
        "missing_errors": parents.errors(),
    }
    try:
        with context.conn.transaction():
            _SQL.run_for(context.conn, "classified", names, **parts)
    except psycopg.DataError:
        # a text has the shape of a time and is none
        _SQL.run(context.conn, "strict_casts")
        _SQL.run_for(context.conn, "classified", names, **parts)
    if not names.into.is_fresh:
        # how rows are looked up; all of them go into a fresh table at once
        context.analyze(names.classified, "key", "action", "outcome")


def outcomes(context: Context, names: Names, rows: sql.Identifier) -> list[Outcome]:
    """How many of some classified rows came to which outcome."""
    found = _SQL.run_for(context.conn, "outcomes", names, rows=rows)
    return [Outcome(*row) for row in found.fetchall()]


def _make_views(context: Context, names: Names, parents: Parents, fields: sql.Composable) -> None:
    casts = Casts(names)
    _SQL.run_for(
        context.conn,
        "cast",
        names,
        fields=fields,
        converted=casts.converted(),
        lacks_value=casts.lacks_value(),
        nulls=casts.nulls(),
        unread=casts.unread(),
        lacks_fit=casts.lacks_fit(),
        invalid=casts.invalid(),
    )
    _SQL.run_for(
        context.conn,
        "compared",
        names,
        lacks_parent=parents.lacks_parent(),
        missing=parents.missing(),
        unfit=parents.unfit(),
        parents=parents.joins(),
        stored=stored(names),
        values=scripts.lines(values(names)),
        hidden=hidden(names),
        **comparison(names),
    )
    _SQL.run_for(context.conn, "decided", names, aside=_aside(names.entity))


def _aside(entity: Entity) -> sql.Composable:
    """Why a row belongs in no table; null where it belongs in one.

    A row whose parents are all there belongs in one, whatever its Ids look like.
    """
    rule = entity.set_aside
    if rule is None:
        return sql.SQL("null::text")
    parents = [sql.Literal(parent.prefix) for parent in entity.parents_of(rule.field)]
    return sql.SQL(
        "case when missing is null then null "
        "when (left({id}, {length}) = {prefix} or {type} is not distinct from {value}) "
        "and coalesce(left({id}, {length}) not in ({parents}), true) then {reason} "
        "when left(missing ->> {field}, {length}) not in ({parents}) then {other} end"
    ).format(
        id=sql.Identifier(entity.field(rule.field).target),
        length=PREFIX_LENGTH,
        prefix=rule.prefix,
        type=sql.Identifier(entity.field(rule.type_field).target),
        value=rule.type,
        parents=sql.SQL(", ").join(parents),
        reason=rule.reason,
        field=rule.field,
        other=rule.other,
    )
