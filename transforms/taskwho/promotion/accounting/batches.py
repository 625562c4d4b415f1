"""What became of each page's rows, found by the journal's ranges of Ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database.scripts import Scripts

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.promote_stream import Promoted

_SQL = Scripts(__package__)


def count_failures(context: Context, promoted: Promoted, result: RunResult) -> None:
    """Add to each page of the journal how many of its rows failed or were set aside."""
    if not (promoted.found.any and (result.counts.failed or result.counts.set_aside)):
        return
    run = sql.Literal(context.run_id)
    for place, failed, set_aside in _SQL.run_for(
        context.conn, "batch_outcomes", promoted.names, run=run
    ):
        result.batches[place - 1] |= {"failed": failed, "set_aside": set_aside}
