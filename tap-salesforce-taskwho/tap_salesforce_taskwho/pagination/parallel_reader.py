"""The pages of a window in the order of their Ids, with several of them in flight."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.pagination.id_space import between
from tap_salesforce_taskwho.pagination.page_size import PageSize
from tap_salesforce_taskwho.pagination.partition import Partition
from tap_salesforce_taskwho.pagination.partitions import Partitions
from tap_salesforce_taskwho.pagination.throttle import Throttle
from tap_salesforce_taskwho.pagination.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tap_salesforce_taskwho.pagination.page import Page
    from tap_salesforce_taskwho.pagination.scan import Scan

# A window of at most two pages is read by one thread: dividing it costs more calls than it saves.
SMALL_WINDOW_PAGES = 2
# Pages that wait to be emitted: about a megabyte each, and more would not make it faster.
PAGES_WAITING = 24
# Halvings in a row that lead from all Ids of an object to a single one.
MOST_HALVINGS = 80
# Calls that pages in flight may cost beside the pages (design 4.3: 3 for each thread, and 5).
CALLS_A_THREAD = 3
CALLS_BESIDE = 5
# The quota must have this many calls left before the count is known: until then, nobody can say
# whether the calls that are left are just enough.
CALLS_TO_SPARE = 1_000


class ParallelReader:
    """Reads a scan with up to `threads` pages in flight.

    Pages come in the order of their Ids, so that one cursor says what has been read. The number of
    pages that wait is bounded, so that memory does not grow with the window. `check` is called
    while no answer comes; what it raises ends the reading without waiting for requests in flight.
    `spend` raises QuotaReached where so many more calls may not be made. Pages that were paid for
    are given before it, or a failed request, ends the reading.
    """

    def __init__(
        self, scan: Scan, *, threads: int, check: Callable[[], None], spend: Callable[[int], None]
    ) -> None:
        self.scan = scan
        self.check = check
        self.spend = spend
        in_flight = 1 if scan.limit is not None else threads
        self.throttle = Throttle(in_flight, scan.client.throttled)
        self.counted: int | None = None
        self.rows_fetched = 0
        self.size = PageSize(scan.page_size)
        self.partitions = Partitions([Partition(scan.window.after_id, None, self.size)])
        self.workers = Workers(in_flight)
        # the last Id of a pod is worth a call, as long as there are not too many pods
        self.last_ids_left = in_flight + 1
        self.halvings = 0
        self.is_counting = False
        self.failure: Exception | None = None

    @property
    def threads(self) -> int:
        """How many pages may be in flight where the org is not overloaded."""
        return self.throttle.threads

    def open(self) -> int | None:
        """Fetch the first page and count the rows; None where counting takes the org too long.

        The first page goes alone, because the quota is not known before the org has answered a
        call. If more pages follow, the last Id and further pages are fetched beside the count.
        Raises QuotaReached where the quota does not allow both calls.
        """
        try:
            self._fetch_first_page()
            self._count_rows()
        except BaseException:
            self.workers.close()
            raise
        return self.counted

    def calls_left(self) -> int:
        """Give the calls that the rest takes, the one that shows the end among them."""
        if self.partitions.are_read:
            return 0
        if self.counted is None:
            return 1
        rows, size = max(0, self.counted - self.rows_fetched), self.scan.page_size
        if self.scan.limit is not None:
            wanted = self.scan.limit - self.rows_fetched
            if wanted <= rows:
                return -(-wanted // size)
        return rows // size + 1

    def _fetch_first_page(self) -> None:
        first = self.partitions.items[0]
        while not first.pages:
            if not self.workers.busy:
                self.spend(1)
                self._fetch(first)
            self.workers.deliver(wait=self.check)

    def _count_rows(self) -> None:
        self.spend(1)
        self.is_counting = True
        self.workers.submit(self.scan.count, done=self._learn_count, failed=self._count_failed)
        is_large = self.threads > 1 and not self.partitions.are_read
        reads_ahead = is_large and self._can_spend(CALLS_TO_SPARE)
        if reads_ahead:
            self._ask_for_last_id(None)
        while self.is_counting:
            if reads_ahead and self._waiting() < PAGES_WAITING:
                self._fetch_more()
            self.workers.deliver(wait=self.check)
        if is_large and not reads_ahead and self.threads > 1:
            self._ask_for_last_id(None)

    def _learn_count(self, counted: int | None) -> None:
        self.is_counting = False
        self.counted = counted
        if counted is not None and not self._is_worth_dividing(counted):
            self.throttle.use_one_thread()
        for partition in list(self.partitions.items):
            self._explore(partition)

    def _count_failed(self, error: Exception) -> None:
        if not isinstance(error, QueryTimeout):
            raise error
        self._learn_count(None)

    def _is_worth_dividing(self, counted: int) -> bool:
        if counted <= SMALL_WINDOW_PAGES * self.scan.page_size:
            return False
        return self._can_spend(self.calls_left() + CALLS_A_THREAD * self.threads + CALLS_BESIDE)

    def pages(self) -> Iterator[Page]:
        """Give every page; the last one says so."""
        items = self.partitions.items
        try:
            while items:
                self.workers.deliver()
                self._fetch_more()
                head = items[0]
                if head.pages:
                    page = head.pages.popleft()
                    is_last = head.is_read and not head.pages and len(items) == 1
                    yield replace(page, is_last=is_last and not self._is_cut())
                elif head.is_read:
                    del items[0]
                elif self.failure is not None:
                    raise self.failure
                else:
                    if not self.workers.busy:
                        self.spend(1)  # raises: only the quota can keep the head from being read
                    self.workers.deliver(wait=self.check)
        finally:
            self.workers.close()

    def _is_cut(self) -> bool:
        """Whether the limit is reached."""
        return self.scan.limit is not None and self.rows_fetched >= self.scan.limit

    def _fetch_more(self) -> None:
        """Let every free thread fetch: first what nothing is known of, then in the order of Ids."""
        items = self.partitions.items
        for partition in items:
            is_unknown = partition.is_untouched and partition.rows_left() is None
            has_room = self._has_free_thread() and self._waiting() < PAGES_WAITING // 2
            if is_unknown and has_room and self._may_ask():
                self._fetch(partition)
        at = 0
        while self._has_free_thread() and at < len(items):
            partition = items[at]
            if at and self._waiting() >= PAGES_WAITING:
                return
            if not (partition.is_busy or partition.is_read):
                if not self._may_ask():
                    return
                rest = self._divide(partition)
                if rest is not None:
                    items.insert(at + 1, rest)
                self._fetch(partition)
            at += 1

    def _has_free_thread(self) -> bool:
        return self.failure is None and self.workers.busy < self.throttle.allowed

    def _may_ask(self) -> bool:
        """Whether the quota allows one more call beside those in flight."""
        return self._can_spend(self.workers.busy + 1)

    def _can_spend(self, calls: int) -> bool:
        try:
            self.spend(calls)
        except QuotaReached:
            return False
        return True

    def _waiting(self) -> int:
        """Give the pages that wait to be emitted, and those in flight."""
        return self.workers.busy + self.partitions.pages_waiting

    def _fetch(self, partition: Partition) -> None:
        rows = self.size.rows
        if self.scan.limit is not None:
            rows = min(rows, self.scan.limit - self.rows_fetched)
        partition.is_busy = True
        self.workers.submit(
            partial(self.scan.fetch, partition.after_id, rows, partition.until_id),
            done=partial(self._page_came, partition),
            failed=partial(self._fetch_failed, partition),
        )

    def _divide(self, partition: Partition) -> Partition | None:
        """Keep some pages' worth of a partition, and give the rest for other threads."""
        left = partition.rows_left()
        if left is None or partition.density is None or self.threads == 1:
            return None
        everything = left if self.counted is None else self.counted - self.rows_fetched
        pages_a_thread = everything // (2 * self.threads * self.size.largest)
        # many pages leave few that are half full; few pages at the end keep all threads busy
        most = PAGES_WAITING // max(1, self.threads - 1)
        rows = max(1, min(pages_a_thread, most)) * self.size.largest
        # at the end threads are free, and a page beside another comes sooner than one after it
        is_near_end = self.counted is not None and pages_a_thread == 0
        if left <= (rows if is_near_end else rows * 3 // 2):
            return None
        ids = partition.density.ids_for(rows)
        rest = partition.cut_after(ids)
        partition.expected = partition.rows + partition.density.rows_in(ids)
        return rest

    def _ask_for_last_id(self, until_id: str | None) -> None:
        """Ask for the largest Id, of the window or up to an Id, while the quota allows it."""
        if self.last_ids_left and self._may_ask():
            self.last_ids_left -= 1
            self.workers.submit(
                partial(self.scan.last_id, until_id),
                done=partial(self._learn_last_id, until_id),
                failed=self._last_id_failed,
            )

    def _page_came(self, partition: Partition, page: Page) -> None:
        partition.is_busy = False
        partition.add_page(page)
        self.halvings = 0
        self.rows_fetched += len(page.records)
        partition.is_read = partition.is_read or self._is_cut()
        self.size.grow()
        self.throttle.page_came(self.scan.client.throttled)
        self._explore(partition)
        if partition.is_emptier_than_expected():
            self.partitions.join_after_gap(partition)

    def _fetch_failed(self, partition: Partition, error: Exception) -> None:
        """After a time-out, halve the page, then the range of Ids."""
        partition.is_busy = False
        if not isinstance(error, QueryTimeout):
            self._end_with(error)
            return
        if self.size.shrink():
            return
        middle = between(self.scan.sobject, partition.after_id, partition.until_id)
        if middle is None or self.halvings == MOST_HALVINGS:
            self._end_with(error)
            return
        self.halvings += 1
        self.partitions.insert_after(partition, partition.cut_at(middle))

    def _end_with(self, error: Exception) -> None:
        """Fetch no more; `pages` raises the error after the pages before it."""
        if not self.rows_fetched:
            raise error
        self.failure = error

    def _explore(self, partition: Partition) -> None:
        """Cut off other pods, and ask where this one ends; not before there is known to be much."""
        if self.threads > 1 and not self.is_counting:
            end = self.partitions.cut_pod(partition)
            if end is not None:
                self._ask_for_last_id(end)

    def _learn_last_id(self, until_id: str | None, last_id: str | None) -> None:
        self.partitions.learn_last(until_id, last_id)
        if until_id is None:
            for partition in list(self.partitions.items):
                self._explore(partition)

    def _last_id_failed(self, error: Exception) -> None:
        """Go on without a last Id that takes the org too long."""
        if not isinstance(error, QueryTimeout):
            self._end_with(error)
