"""Salesforce's own count of the relations, beside where they are here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.database import org_counts
from taskwho.model.entities import RELATIONS
from taskwho.model.results.standing import OrgCount
from taskwho.promotion.intake.journal import instant

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context


def measure(context: Context, result: RunResult) -> OrgCount | None:
    """The last count: of this run, where it read everything, or of an earlier run or `verify`."""
    known = org_counts.read(context.conn, context.settings)
    counted = _of_this_run(result)
    if counted is None and known and known.in_table is None:
        # a repair: its differences have landed, and are promoted now
        totals = result.totals
        counted = replace(
            known, in_table=totals.in_table, waiting=totals.waiting, set_aside=totals.set_aside
        )
    if counted is None:
        return known
    org_counts.keep(context.conn, context.settings, counted)
    return counted


def _of_this_run(result: RunResult) -> OrgCount | None:
    """What became of all the relations that the org counted, where one window held all of them."""
    windows = [window for window in result.windows if window.stream == RELATIONS.stream]
    if len(windows) != 1 or any(batch.get("resumed") for batch in result.batches):
        return None
    [window], counts = windows, result.counts
    if window.from_ is not None or window.counted is None or not window.complete:
        return None
    return OrgCount(
        counted_at=window.to or str(instant(datetime.now(UTC))),
        counted_by="full run",
        in_org=window.counted,
        in_table=counts.successful,
        waiting=counts.failed,
        set_aside=counts.set_aside,
    )
