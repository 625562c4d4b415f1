"""A run on a terminal: a bar, and lines above it."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Self, cast

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column

from taskwho.commands.terminal.output import Forgiving
from taskwho.commands.terminal.progress import STAGES, Pace
from taskwho.report.inert_text import visible

if TYPE_CHECKING:
    from taskwho.model.progress import Progress

_LEAST_BAR = 4
# the list of parents is too long for 80 columns
_STAGES = {**STAGES, "parents": "Reading parents", "verify": "Comparing"}


class Terminal:
    """The bar goes when the run ends; warnings stay."""

    def __init__(self, *, err: bool) -> None:
        columns = (
            SpinnerColumn(),
            _words("{task.description}"),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=_LEAST_BAR)),
            _words("{task.fields[pace]}"),
        )
        stream = cast("IO[str]", Forgiving(sys.stderr if err else sys.stdout))
        console = Console(file=stream)
        self._bar = Bar(*columns, transient=True, expand=True, console=console)
        self._task = self._bar.add_task("Starting", total=None, pace="")
        self._stage, self._pace = "", Pace()

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away, whatever happened."""
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Stage, a bar, rows, rate, time left, API calls; all of it in 80 columns."""
        if progress.stage != self._stage:
            self._stage, self._pace = progress.stage, Pace()
        counts = progress.stage in {"parents", "relations", "verify"}
        self._bar.update(
            self._task,
            description=_STAGES[progress.stage],
            pace=self._pace.brief(progress) if counts else "",
            completed=progress.rows,
            total=max(progress.total, progress.rows) if progress.total else None,
        )

    def warn(self, text: str) -> None:
        """A line above the bar."""
        self._bar.console.print(visible(f"Warning: {text}"), markup=False, highlight=False)


def _words(template: str) -> TextColumn:
    return TextColumn(template, table_column=Column(no_wrap=True))
