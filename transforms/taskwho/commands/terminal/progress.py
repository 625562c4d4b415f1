"""How far a run is: a bar on a terminal, a line with time and level now and then elsewhere."""

from __future__ import annotations

import contextlib
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, Self

from taskwho.commands.terminal.output import say
from taskwho.model.entities import PARENTS
from taskwho.report.number_formats import duration, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.progress import Progress

_LINE_SECONDS = 10
_MILLION = 1_000_000
STAGES = {
    "prepare": "Preparing",
    "parents": f"Reading {', '.join(parent.stream for parent in PARENTS)}",
    "relations": "Reading relations",
    "promote": "Promoting",
    "verify": "Comparing with Salesforce",
    "repair": "Repairing",
    "report": "Reporting",
}


class View(Protocol):
    """What shows a run to a person."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(self, *_: object) -> None:
        """End, whatever happened."""
        ...

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        ...

    def warn(self, text: str) -> None:
        """Show a warning."""
        ...


class Lines:
    """Lines with time and level, for a log or a mail of cron's."""

    def __init__(self, *, err: bool) -> None:
        self._err = err
        self._pace = Pace()
        self._stage = ""
        self._next = 0.0

    def __enter__(self) -> Self:
        """Nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing."""

    def show(self, progress: Progress) -> None:
        """A line for each stage, and one every ten seconds of reading."""
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._pace, self._next = progress.stage, Pace(), now + _LINE_SECONDS
            self._line("INFO", f"{STAGES[progress.stage]}.")
        elif now >= self._next:
            self._next = now + _LINE_SECONDS
            self._line("INFO", f"{self._pace.words(progress)}.")

    def warn(self, text: str) -> None:
        """A line of its own."""
        self._line("WARNING", text)

    def _line(self, level: str, text: str) -> None:
        say(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {level:<7} {text}", err=self._err)


class Pace:
    """Rows a second since a stage began, and how long the rest will take."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def brief(self, progress: Progress) -> str:
        """The same in at most 52 columns: 1.2M of 3.0M, 7,427/s, 4 min left, 620 calls."""
        rows, total = progress.rows, progress.total
        read = brief_number(rows)
        parts = [f"{read} of {brief_number(max(total, rows))}" if total else f"{read} rows"]
        if rows:
            rate = rows / max(time.monotonic() - self._began, 0.001)
            parts.append(f"{brief_number(round(rate))}/s")
            if total and total > rows:
                parts.append(f"{brief_time((total - rows) / rate)} left")
        if progress.api_calls:
            calls = brief_number(progress.api_calls)
            parts.append(f"{calls} call{'' if calls == '1' else 's'}")
        return ", ".join(parts)

    def words(self, progress: Progress) -> str:
        """Rows, rate, time left and API calls, as far as they are known."""
        rows, total = progress.rows, progress.total
        read = f"{number(rows)} of {number(max(total, rows))}" if total else number(rows)
        parts = [f"{read} rows read"]
        if rows:
            rate = rows / max(time.monotonic() - self._began, 0.001)
            parts.append(f"{number(round(rate))} a second")
            if total and total > rows:
                parts.append(f"{duration((total - rows) / rate)} left")
        if progress.api_calls:
            parts.append(f"{number(progress.api_calls)} API calls")
        return ", ".join(parts)


def brief_number(count: int) -> str:
    """At most seven characters below a billion: 999,999 or 12.3M."""
    return number(count) if count < _MILLION else f"{count / _MILLION:,.1f}M"


def brief_time(seconds: float) -> str:
    """In one unit: 59 s, 90 min, 2.5 h."""
    if seconds < 100:  # noqa: PLR2004 - two digits of the smaller unit
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:,.1f} h"


@contextlib.contextmanager
def warnings_to(view: View) -> Iterator[None]:
    """Lead what the package `taskwho` warns of to a view."""
    handler = _Warnings(view)
    logger = logging.getLogger("taskwho")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _Warnings(logging.Handler):
    def __init__(self, view: View) -> None:
        super().__init__(logging.WARNING)
        self._view = view

    def emit(self, record: logging.LogRecord) -> None:
        """Show it."""
        self._view.warn(record.getMessage())
