"""How a window begins that may be large: counted while its pages are on their way already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import QuotaReached
from tap_salesforce_taskwho.pagination.parallel_reader import (
    LITTLE,
    PAGES_WAITING,
    PageSource,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tap_salesforce_taskwho.pagination.pages import Fetched
    from tap_salesforce_taskwho.pagination.partition import Range

# What must be left of the quota before anything is asked for that may turn out not to be needed:
# calls that just do, or do not, are counted before.
CALLS_TO_SPARE = 1_000


class CountedSource(PageSource):
    """A page source that counts the rows itself, before it gives the first page.

    The first page goes alone: nobody knows what the quota allows before the org has answered a
    call, and a window without rows takes one page too. If it is full, the count goes together with
    what follows: the look for the last Id, and pages, as if the neighbourhood went on like this.
    """

    counting = False

    def open(self, count: Callable[[], int]) -> int | None:
        """Fetch the first page, and count; None where that takes the org too long.

        Raises QuotaReached where the quota does not allow both.
        """
        try:
            self._fetch_first()
            self._count(count)
        except BaseException:
            self.workers.close()
            raise
        return self.counted

    @property
    def rows_left(self) -> int | None:
        """How many rows are still to be fetched, None where nobody knows."""
        return None if self.counted is None else max(0, self.counted - self.fetched_rows)

    @property
    def has_everything(self) -> bool:
        """Whether no page is left to fetch."""
        return all(known.ended for known in self.ranges)

    def go_slowly(self) -> None:
        """Ask for one page at a time from here on, and for nothing but pages."""
        self.threads = self.allowed = 1

    def _fetch_first(self) -> None:
        first = self.ranges[0]
        while not first.pages:
            if not self.workers.busy:
                self.spend(1)
                self._submit(first)
            self._take(wait=self.check)

    def _count(self, count: Callable[[], int]) -> None:
        self.spend(1)
        self.counting = True
        self.workers.submit(Task(counts=True), count)
        ahead = not self.has_everything and self._has_calls_to_spare()
        if ahead:
            self._look_for_last(None)
        while self.counting:
            # nothing is given meanwhile, so the first range has its bound too
            if ahead and self._waiting() < PAGES_WAITING:
                self._fill()
            self._take(wait=self.check)

    def _has_calls_to_spare(self) -> bool:
        try:
            self.spend(CALLS_TO_SPARE)
        except QuotaReached:
            return False
        return True

    def _take_one(self, task: Task, result: Fetched | int | str | Exception | None) -> None:
        super()._take_one(task, result)
        if task.counts:
            self.counting = False
            self.counted = result if isinstance(result, int) else None
            if self.counted is not None and self.counted <= LITTLE * self.scan.page_size:
                self.go_slowly()
            self._explore_all()

    def _explore(self, known: Range) -> None:
        """Divide nothing while there may be little: it takes calls."""
        if not self.counting:
            super()._explore(known)
