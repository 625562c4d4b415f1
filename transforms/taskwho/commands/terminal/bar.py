"""A run on a terminal: a bar, and lines above it."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Self, cast

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar

from taskwho.commands.terminal.output import Forgiving
from taskwho.commands.terminal.progress import STAGES, Pace
from taskwho.report.inert_text import visible

if TYPE_CHECKING:
    from taskwho.model.progress import Progress


class Terminal:
    """The bar goes when the run ends; warnings stay."""

    def __init__(self, *, err: bool) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
        stream = cast("IO[str]", Forgiving(sys.stderr if err else sys.stdout))
        self._bar = Bar(*columns, transient=True, console=Console(file=stream))
        self._task = self._bar.add_task("", total=None)
        self._stage, self._pace = "", Pace()

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away, whatever happened."""
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Stage, rows, rate, time left, API calls."""
        if progress.stage != self._stage:
            self._stage, self._pace = progress.stage, Pace()
        text = STAGES[progress.stage]
        if progress.stage in {"parents", "relations", "verify"}:
            text += f": {self._pace.words(progress)}"
        total = max(progress.total, progress.rows) if progress.total else None
        self._bar.update(self._task, description=text, completed=progress.rows, total=total)

    def warn(self, text: str) -> None:
        """A line above the bar."""
        self._bar.console.print(visible(f"Warning: {text}"), markup=False, highlight=False)
