"""The pages of a window in the order of their Ids, several of them in flight at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.pagination.id_space import between, neighbourhood
from tap_salesforce_taskwho.pagination.page_size import PageSize
from tap_salesforce_taskwho.pagination.pages import Fetched
from tap_salesforce_taskwho.pagination.partition import Range
from tap_salesforce_taskwho.pagination.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tap_salesforce_taskwho.pagination.pages import Scan

# So many pages' worth of rows are not worth the calls that it takes to divide them.
LITTLE = 2
# Pages that wait for their turn: about a megabyte each, and more would not make it faster.
PAGES_WAITING = 24
# Pages without a sign of overload after which one more is asked for at a time.
PAGES_UNTIL_BOLDER = 20
# Halvings in a row that lead from all Ids of an object to a single one.
MOST_HALVINGS = 80


@dataclass(frozen=True, slots=True)
class Task:
    """What a thread was asked for: a range's next page, the count, or the largest Id up to one."""

    page_of: Range | None = None
    last_up_to: str | None = None
    counts: bool = False


class PageSource:
    """Reads a scan with up to `threads` pages in flight; `counted` is how many rows it may have.

    Pages are given in the order of their Ids, so that one cursor says what has been read, and
    fetched ahead within bounds, so that memory does not grow with the window. `check` is called
    while no page comes; what it raises ends the reading without waiting for requests in flight.
    `spend` raises QuotaReached where so many more calls may not be made; pages that are paid for
    are given before it ends the reading.
    """

    def __init__(
        self,
        scan: Scan,
        *,
        threads: int,
        counted: int | None,
        check: Callable[[], None],
        spend: Callable[[int], None],
    ) -> None:
        worthwhile = counted is None or counted > LITTLE * scan.page_size
        self.threads = threads if worthwhile and scan.limit is None else 1
        self.allowed = self.threads
        self.scan = scan
        self.check = check
        self.spend = spend
        self.counted = counted
        self.fetched_rows = 0
        self.size = PageSize(scan.page_size)
        self.ranges = [Range(scan.window.after_id, None, self.size)]
        self.workers: Workers[Task, Fetched | int | str | None] = Workers(self.threads)
        self.last_id: str | None = None
        self.looked = False
        # each neighbourhood's end is worth a call, as long as there are not too many of them
        self.looks_left = self.threads + 1
        self.throttled = scan.client.throttled
        self.calm_pages = 0
        self.halvings = 0

    def pages(self) -> Iterator[Fetched]:
        """Give every page, the last one with `ends`."""
        try:
            if self.threads > 1 and not self.looked:
                self._look_for_last(None)
            while self.ranges:
                self._take()
                self._fill()
                head = self.ranges[0]
                if head.pages:
                    fetched = head.pages.popleft()
                    last = head.ended and not head.pages and len(self.ranges) == 1
                    yield replace(fetched, ends=last and not self._is_cut())
                elif head.ended:
                    del self.ranges[0]
                else:
                    if not self.workers.busy:
                        self.spend(1)  # raises: nothing else keeps the first range from being read
                    self._take(wait=self.check)
        finally:
            self.workers.close()

    def _is_cut(self) -> bool:
        return self.scan.limit is not None and self.fetched_rows >= self.scan.limit

    # what is asked for

    def _fill(self) -> None:
        """Let every free thread fetch: what nothing is known of, then what comes first."""
        for wanted in self.ranges:
            unknown = wanted.untouched and wanted.rows_left() is None
            if unknown and self._has_room() and self._may_ask():
                self._submit(wanted)
        at = 0
        while self.workers.busy < self.allowed and at < len(self.ranges):
            wanted = self.ranges[at]
            if at and self._waiting() >= PAGES_WAITING:
                return
            if not (wanted.busy or wanted.ended):
                if not self._may_ask():
                    return
                rest = self._divide(wanted)
                if rest is not None:
                    self.ranges.insert(at + 1, rest)
                self._submit(wanted)
            at += 1

    def _has_room(self) -> bool:
        return self.workers.busy < self.allowed and self._waiting() < PAGES_WAITING // 2

    def _may_ask(self) -> bool:
        """Whether the quota allows one more call beside those in flight."""
        try:
            self.spend(self.workers.busy + 1)
        except QuotaReached:
            return False
        return True

    def _waiting(self) -> int:
        return self.workers.busy + sum(len(known.pages) for known in self.ranges)

    def _submit(self, wanted: Range) -> None:
        rows = self.size.rows
        if self.scan.limit is not None:
            rows = min(rows, self.scan.limit - self.fetched_rows)
        wanted.busy = True
        fetch = partial(self.scan.fetch, wanted.after_id, rows, wanted.until_id)
        self.workers.submit(Task(page_of=wanted), fetch)

    def _divide(self, wanted: Range) -> Range | None:
        """Keep a few pages' worth of a range, and give the rest for others to read."""
        left = wanted.rows_left()
        if left is None or wanted.density is None or self.threads == 1:
            return None
        everything = left if self.counted is None else self.counted - self.fetched_rows
        turn = everything // (2 * self.threads * self.size.largest)
        rows = self._pages_a_turn(turn) * self.size.largest
        # at the end threads are free, and a page beside another is sooner there than one after it
        near_end = self.counted is not None and turn == 0
        if left <= (rows if near_end else rows * 3 // 2):
            return None
        span = wanted.density.span_for(rows)
        rest = wanted.cut(span)
        wanted.expected = wanted.rows + wanted.density.rows_in(span)
        return rest

    def _pages_a_turn(self, turn: int) -> int:
        """Large turns waste few half-filled pages; small ones at the end keep all threads busy."""
        return max(1, min(turn, PAGES_WAITING // max(1, self.threads - 1)))

    # what comes

    def _take(self, *, wait: Callable[[], None] | None = None) -> None:
        """Put away what has come, and what it says about the ranges."""
        for task, result in self.workers.done(wait=wait):
            if task.page_of is not None:
                task.page_of.busy = False
            self._take_one(task, result)

    def _take_one(self, task: Task, result: Fetched | int | str | Exception | None) -> None:
        if isinstance(result, QueryTimeout):
            self._ask_for_less(task.page_of, result)
        elif isinstance(result, Exception):
            raise result
        elif isinstance(result, Fetched) and task.page_of is not None:
            self._put_away(task.page_of, result)
        elif isinstance(result, str | None):
            self._learn_last(task.last_up_to, result)

    def _put_away(self, wanted: Range, fetched: Fetched) -> None:
        wanted.take(fetched)
        self.halvings = 0
        self.fetched_rows += len(fetched.records)
        wanted.ended = wanted.ended or self._is_cut()
        self.size.grow()
        self._ease()
        self._explore(wanted)
        if wanted.is_emptier_than_expected():
            self._look_beyond(wanted)

    def _ease(self) -> None:
        """Ask for fewer pages at a time when the org says that it is too much, and for more again.

        The client retries by itself; what it was throttled says how often that was the reason.
        """
        if self.scan.client.throttled > self.throttled:
            self.throttled = self.scan.client.throttled
            self.allowed = max(1, self.allowed // 2)
            self.calm_pages = 0
        self.calm_pages += 1
        if self.calm_pages % PAGES_UNTIL_BOLDER == 0:
            self.allowed = min(self.threads, self.allowed + 1)

    def _ask_for_less(self, wanted: Range | None, error: QueryTimeout) -> None:
        """Halve the page, then the range of Ids; go on without a largest Id that takes too long."""
        if wanted is None:
            return
        if self.size.shrink():
            return
        middle = between(self.scan.sobject, wanted.after_id, wanted.until_id)
        if middle is None or self.halvings == MOST_HALVINGS:
            raise error
        self.halvings += 1
        rest = wanted.cut_at(middle)
        self.ranges.insert(self.ranges.index(wanted) + 1, rest)

    # where the Ids are: in neighbourhoods far from each other

    def _look_for_last(self, until_id: str | None) -> None:
        """Ask for the largest Id, of everything or up to one."""
        if self.looks_left and self._may_ask():
            self.looks_left -= 1
            self.looked = True
            task = Task(last_up_to=until_id)
            self.workers.submit(task, partial(self.scan.last_id, until_id))

    def _explore_all(self) -> None:
        for known in list(self.ranges):
            self._explore(known)

    def _explore(self, known: Range) -> None:
        """Cut off what lies in other neighbourhoods, and ask where this one ends."""
        if self.threads == 1 or known.busy or known.ended:
            return
        if known.after_id is None or known.until_id is None:
            return
        _, end = neighbourhood(known.after_id)
        if known.after_id == end or known.until_id <= end:
            return
        rest = known.cut_at(end)
        rest.density = None
        at = self.ranges.index(known) + 1
        self.ranges.insert(at, rest)
        start, _ = neighbourhood(rest.until_id or end)
        if rest.until_id == self.last_id and start > end:
            self.ranges.insert(at + 1, rest.cut_at(start))
        self._look_for_last(end)

    def _learn_last(self, until_id: str | None, last_id: str | None) -> None:
        """Let ranges end where their neighbourhood does, or everything."""
        for known in self.ranges:
            if until_id is not None and (known.until_id is None or known.until_id > until_id):
                continue
            if known.after_id is not None and (last_id is None or known.after_id >= last_id):
                # the last one stays: its page, though empty, says that everything has been read
                known.ended = known.ended or not (known.busy or known is self.ranges[-1])
            elif known.until_id is None or last_id is None or known.until_id > last_id:
                known.until_id = last_id
        if until_id is None:
            self.last_id = last_id
            self._drop_what_follows_the_last()
            self._explore_all()

    def _drop_what_follows_the_last(self) -> None:
        """Forget a range beyond the last Id, where a page is left to say that it was the last."""
        *before, last = self.ranges
        beyond = last.after_id is not None and last.after_id >= (self.last_id or "")
        alive = [known for known in before if known.pages or not known.ended]
        if last.untouched and beyond and alive:
            self.ranges[:] = alive

    def _look_beyond(self, emptied: Range) -> None:
        """Ask for the next page wherever it is: a gap began, and guesses would fall into it."""
        at = self.ranges.index(emptied) + 1
        while at < len(self.ranges) and self.ranges[at].density is emptied.density:
            if self.ranges[at].untouched:
                self._join_untouched(at)
                return
            at += 1

    def _join_untouched(self, at: int) -> None:
        joined = self.ranges[at]
        while at + 1 < len(self.ranges) and self._continues(joined, self.ranges[at + 1]):
            joined.until_id = self.ranges.pop(at + 1).until_id
        joined.is_at_gap = True

    @staticmethod
    def _continues(joined: Range, following: Range) -> bool:
        return following.untouched and following.density is joined.density
