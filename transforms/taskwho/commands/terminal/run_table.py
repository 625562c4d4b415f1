"""The last runs as a table of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import Tone, paint
from taskwho.commands.terminal.output import write
from taskwho.commands.terminal.progress import brief_number
from taskwho.commands.terminal.summary import verdict_of
from taskwho.report.number_formats import instant, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.model.results.result import RunResult

_HEADINGS = ("Run", "Began (UTC)", "Result", "Health", "Waiting", "Read", "Written", "Failed")
_WORDS = ("Began (UTC)", "Result")  # the others are numbers
_RESULT = _HEADINGS.index("Result")


def tell_runs(runs: Sequence[RunResult]) -> None:
    """A line for each run. Written are the rows that it inserted, updated or deleted."""
    rows = [_row(run) for run in runs]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    write(paint("  ".join(_placed(_HEADINGS, widths)).rstrip(), Tone.PLAIN))
    for run, row in zip(runs, rows, strict=True):
        cells = _placed(row, widths)
        cells[_RESULT] = paint(cells[_RESULT], verdict_of(run)[1])
        write("  ".join(cells))


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


def _placed(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words begin, and numbers end, under each other."""
    placed = zip(_HEADINGS, cells, widths, strict=True)
    return [cell.ljust(w) if name in _WORDS else cell.rjust(w) for name, cell, w in placed]
