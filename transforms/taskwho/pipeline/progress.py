"""The progress of a sync: a bar on a terminal, a line every ten seconds elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

import click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from taskwho.report.number_formats import number

if TYPE_CHECKING:
    from types import TracebackType

_LINE_SECONDS = 10


class SyncProgress:
    """Shows the progress. `say` prints lines without breaking the bar."""

    def __init__(self, *, terminal: bool) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, transient=True) if terminal else None
        self._task = self._bar.add_task("Reading", total=None) if self._bar else None
        self._last_line = time.monotonic()
        self._shown = 0

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remove the bar."""
        if self._bar:
            self._bar.stop()

    def say(self, line: str) -> None:
        """Print a line, above the bar."""
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            click.echo(line)

    def show(self, rows: int, total: int | None) -> None:
        """Show the rows read so far, and of how many where that is known."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=rows, total=max(total, rows) if total else None)
        elif rows > self._shown and time.monotonic() - self._last_line >= _LINE_SECONDS:
            self._last_line, self._shown = time.monotonic(), rows
            click.echo(f"{number(rows)} rows read.")
