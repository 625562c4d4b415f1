"""Whether the windows read follow on each other, so that no change lies between two of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from taskwho.model.entities import DELETES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from taskwho.model.results.result import Window
    from taskwho.promotion.context import Context

# soft-deleted rows leave the recycle bin, and queryAll with it (help.salesforce.com, Recycle Bin)
RECYCLE_BIN = timedelta(days=15)
# the modes whose windows follow on each other; the others look at a stretch of their own
ADVANCING = ("incremental", "full")
_COVERED = """
    select max(window_to) from taskwho.batches
    where
        stream = %s and outcome = 'complete' and mode = any(%s) and promoted_by < %s and not is_void
"""
_CURE = "Read everything once: `taskwho sync --mode full --sweep`."


def check(context: Context, windows: list[Window]) -> list[str]:
    """Warnings for time that no window covers and windows that outlast the recycle bin."""
    covered = Covered(context)
    warnings: list[str] = []
    for window in in_order(windows):
        if window.mode in ADVANCING:
            warnings += _check(window, covered.of(window.stream))
            covered.add(window)
    return list(dict.fromkeys(warnings))


def in_order(windows: Iterable[Window]) -> list[Window]:
    """The windows in the order of their ends. Their pages may have landed in another order."""
    return sorted(windows, key=lambda window: (window.to or "", window.bookmark or ""))


class Covered:
    """Up to when each stream was read: before this promotion, and by the windows added since."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._ends: dict[str, datetime | None] = {}

    def of(self, stream: str) -> datetime | None:
        """The end of the last complete window of a stream; None where there is none."""
        if stream not in self._ends:
            self._ends[stream] = _covered_before(self._context, stream)
        return self._ends[stream]

    def is_ahead(self, window: Window) -> bool:
        """Whether a run began from a later bookmark than this database has reached.

        A window from the beginning needs nothing before it, whatever bookmark the state had.
        """
        if window.mode != "incremental" or not (window.bookmark and window.from_):
            return False
        end = self.of(window.stream)
        return end is None or datetime.fromisoformat(window.bookmark) > end

    def add(self, window: Window) -> None:
        """Count a window, where it is complete, moves the bookmark and is not ahead."""
        moves = window.mode in ADVANCING and window.complete
        if moves and window.to and not self.is_ahead(window):
            end = datetime.fromisoformat(window.to)
            self._ends[window.stream] = max(end, self.of(window.stream) or end)


def _check(window: Window, covered: datetime | None) -> list[str]:
    if window.from_ is None:
        return []
    start, warnings = datetime.fromisoformat(window.from_), []
    if covered and start > covered:
        why = "the bookmark was moved or lost"
        if window.stream == DELETES:
            why = "Salesforce lists removed relations for 15 to 30 days only"
        warnings.append(
            f"Between {covered:%Y-%m-%d %H:%M:%S} and {start:%Y-%m-%d %H:%M:%S} UTC no run has "
            f"read {window.stream}: {why}. {_CURE}"
        )
    if window.stream == DELETES:
        # a window of the list is as long as the list, and holds all that it says
        return warnings
    if window.to and datetime.fromisoformat(window.to) - start > RECYCLE_BIN:
        warnings.append(
            f"The window of {window.stream} from {start:%Y-%m-%d %H:%M:%S} UTC is longer than the "
            f"{RECYCLE_BIN.days} days that Salesforce keeps deleted rows: some may have gone "
            f"unseen. {_CURE}"
        )
    return warnings


def _covered_before(context: Context, stream: str) -> datetime | None:
    row = context.conn.execute(_COVERED, (stream, list(ADVANCING), context.run_id)).fetchone()
    found: datetime | None = row[0] if row else None
    return found
