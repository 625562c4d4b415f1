"""Which waiting rows are tried again, by their reasons (model/reasons.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing, scripts
from taskwho.database.scripts import Scripts
from taskwho.model.reasons import Retry, codes

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)
# of the rows that nothing tells about, so that they never make a run long
MOST_RETRIED = 10_000
_NONE_COME = sql.SQL("select null::text as parent, null::text as parent_id limit 0")


def retry(context: Context, names: Names) -> int:
    """Fill the table `retried`; how many rows are in it."""
    last = _SQL.run_for(context.conn, "last_retry", names).fetchone()
    definition, after = last or (None, None)
    also: sql.Composable = sql.SQL("false")
    if context.settings.retry_all:
        also = sql.SQL("true")
    elif definition != names.into.table.definition:
        curable = codes(Retry.DEFINITION) + codes(Retry.ALWAYS)
        also = sql.SQL("reasons && {}").format(sql.Literal(curable))
    most = sql.Literal(MOST_RETRIED)
    _SQL.run_for(
        context.conn,
        "candidates",
        names,
        come=_come(names),
        always=sql.Literal(codes(Retry.ALWAYS)),
        after=sql.Literal(after or ""),
        most=most,
        also=also,
    )
    context.analyze(names.candidates)
    retried_to = _SQL.run_for(context.conn, "retried_to", names, most=most).fetchone()
    remember(context, names, retried_to[0] if retried_to else None)
    kept = "case when waiting.record ? {0} then waiting.record ->> {0} else {1} end as {2}"
    values = [
        sql.SQL(kept).format(field.source, landing.NOT_READ, sql.Identifier(field.source))
        for field in names.entity.fields
    ]
    return _SQL.run_for(context.conn, "retried", names, values=scripts.lines(values)).rowcount


def remember(context: Context, names: Names, retried_to: str | None = None) -> None:
    """Keep what the next promotion compares its table with, and where its retries begin."""
    _SQL.run_for(
        context.conn,
        "remember",
        names,
        definition=sql.Literal(names.into.table.definition),
        retried_to=sql.Literal(retried_to),
    )


def _come(names: Names) -> sql.Composable:
    """The parents that have come."""
    queries = [
        _SQL.compose(
            "parents_come",
            parent=parent.table,
            parent_key=parent.key,
            parent_key_type=parent.key_type,
            parent_stream=sql.Literal(entity.stream),
        )
        for entity, parent in names.parents.items()
    ]
    return sql.SQL("\nunion all\n").join(queries) if queries else _NONE_COME
