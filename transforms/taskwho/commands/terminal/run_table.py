"""The last runs as a table of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.progress import brief_number
from taskwho.commands.terminal.summary import verdict_of
from taskwho.commands.terminal.table import tell_table
from taskwho.report.number_formats import instant, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.model.results.result import RunResult

_HEADINGS = ("Run", "Began (UTC)", "Result", "Health", "Waiting", "Read", "Written", "Failed")
_WORDS = ("Began (UTC)", "Result")


def tell_runs(runs: Sequence[RunResult]) -> None:
    """A line for each run. Written are the rows that it inserted, updated or deleted."""
    tones = {"Result": [verdict_of(run)[1] for run in runs]}
    tell_table(_HEADINGS, [_row(run) for run in runs], words=_WORDS, tones=tones)


def _row(run: RunResult) -> tuple[str, ...]:
    counts, totals = run.counts, run.totals
    written = counts.inserted + counts.updated + counts.deleted + counts.removed + counts.swept
    return (
        str(run.run_id),
        instant(run.started_at).rpartition(":")[0],
        verdict_of(run)[0].partition(",")[0],
        "" if run.health is None else percent(run.health),
        "" if totals.in_table is None else brief_number(totals.waiting),
        *map(brief_number, (counts.retrieved, written, counts.failed)),
    )
