"""Fields that a run did not read, and what earlier versions of a row were read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import catalog, landing, scripts
from taskwho.database.scripts import Scripts

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)
_READ = "array_agg({0} order by place) filter (where {0} is distinct from {1}) as {0}"
_LAST_READ = """
{0} = case
        when landed.{0} = {1} and known.{0} is not null then known.{0}[1] else landed.{0}
    end
"""
_WAITED_WITH = """
case
        when landed.{0} = {1} and waiting.record ? {2} then waiting.record ->> {2} else landed.{0}
    end as {0}
"""


def supersede(context: Context, names: Names, unread: AbstractSet[str]) -> None:
    """Leave the newest version of each Id that landed more than once."""
    for script in ("repeated", "identify_rows"):
        _SQL.run_for(context.conn, script, names)
    # a column that the landing table lacks is unread in every version
    fields = [sql.Identifier(field) for field in _landed(context, names, unread)]
    if not fields:
        _SQL.run_for(context.conn, "superseded", names)
        return
    _SQL.run_for(
        context.conn,
        "fill_repeated",
        names,
        values=scripts.lines(sql.SQL(_READ).format(f, landing.NOT_READ) for f in fields),
        assignments=scripts.lines(
            sql.SQL(_LAST_READ.strip()).format(f, landing.NOT_READ) for f in fields
        ),
    )


def filled(context: Context, names: Names, unread: AbstractSet[str]) -> sql.Composable:
    """What has landed, with what a waiting version of it was read with."""
    if not unread or not context.waits(names.entity):
        return names.inbox
    columns = [
        sql.SQL(_WAITED_WITH.strip()).format(
            sql.Identifier(field.source), landing.NOT_READ, field.source
        )
        if field.source in unread
        else sql.Identifier("landed", field.source)
        for field in names.entity.fields
    ]
    return _SQL.compose("filled", names, columns=scripts.lines(columns))


def of_retried(context: Context, names: Names) -> frozenset[str]:
    """The fields that some of the retried rows were read without."""
    fields = [field.source for field in names.entity.fields]
    is_unread = [
        sql.SQL("bool_or({} = {})").format(sql.Identifier(field), landing.NOT_READ)
        for field in fields
    ]
    query = sql.SQL("select {} from {}").format(sql.SQL(", ").join(is_unread), names.retried)
    [found] = context.conn.execute(query).fetchall()
    return frozenset(field for field, is_so in zip(fields, found, strict=True) if is_so)


def _landed(context: Context, names: Names, unread: AbstractSet[str]) -> list[str]:
    schema, stream = landing.SCHEMA, names.entity.stream
    table = catalog.require(context.conn, schema, stream)
    return sorted(field for field in unread if field in table.columns)
