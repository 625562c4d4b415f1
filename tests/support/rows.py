"""A scan over Ids held in memory, for tests of how a window is divided."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.errors.requests import DAILY_LIMIT_REACHED, QUERY_TIMED_OUT
from tap_salesforce_taskwho.pagination.id_space import id_at, number_of
from tap_salesforce_taskwho.pagination.page import Page
from tap_salesforce_taskwho.pagination.parallel_reader import ParallelReader
from tap_salesforce_taskwho.pagination.workers import Workers
from tap_salesforce_taskwho.salesforce.answers import Cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tap_salesforce_taskwho.pagination.scan import Scan

FIRST = number_of("0RT000000000000")
LAST = number_of("0RTzzzzzzzzzzzz")


@dataclass
class Rows:
    """What a scan asks for, answered from a list.

    More than `slow_above` rows in reach time out, and so does a count where `is_uncountable`.
    A page that begins at or after the Id `fails_from` is an error. `order` says in which order the
    answers come, as `InOrder` reads it; without it, chance does.
    """

    ids: list[str]
    page_size: int = 20
    limit: int | None = None
    slow_above: int | None = None
    is_uncountable: bool = False
    most_calls: int | None = None
    fails_from: str | None = None
    sobject: str = "TaskWhoRelation"
    calls: int = 0
    order: list[int] | None = None
    before_count: Callable[[], object] = lambda: None
    client: Any = field(default_factory=lambda: SimpleNamespace(throttled=0))
    window: Any = field(default_factory=lambda: SimpleNamespace(after_id=None))

    def part(self, after_id: str | None, until_id: str | None) -> list[str]:
        """The Ids above one, up to another."""
        low = bisect_right(self.ids, after_id) if after_id else 0
        high = bisect_right(self.ids, until_id) if until_id else len(self.ids)
        return self.ids[low:high]

    def fetch(self, after_id: str | None, rows: int, until_id: str | None = None) -> Page:
        """A page, as a scan fetches it."""
        self.calls += 1
        part = self.part(after_id, until_id)
        if self.slow_above is not None and len(part) > self.slow_above:
            raise too_slow()
        if self.fails_from is not None and (after_id or "") >= self.fails_from:
            raise ConnectionResetError
        found = part[:rows]
        return page(found, is_last=len(found) < rows)

    def last_id(self, until_id: str | None = None) -> str | None:
        """The largest Id, as a scan asks for it."""
        self.calls += 1
        part = self.part(None, until_id)
        return part[-1] if part else None

    def count(self) -> int:
        """The number of rows, as a scan asks for it."""
        self.calls += 1
        self.before_count()
        if self.is_uncountable:
            raise too_slow()
        return len(self.ids)

    def reader(self, threads: int, check: Callable[[], None] = lambda: None) -> ParallelReader:
        """A reader of these rows."""
        scan = cast("Scan", self)
        reader = ParallelReader(scan, threads=threads, check=check, spend=self.spend)
        if self.order is not None:
            reader.workers.close()
            reader.workers = InOrder(reader.throttle.threads, self.order)
        return reader

    def spend(self, more: int) -> None:
        """The quota: so many calls in all."""
        if self.most_calls is not None and self.calls + more > self.most_calls:
            raise QuotaReached(DAILY_LIMIT_REACHED)

    def read(self, threads: int) -> list[str]:
        """Every Id that a reader gives, in its order; the last page alone says that it is last."""
        reader = self.reader(threads)
        assert reader.open() == (None if self.is_uncountable else len(self.ids))
        pages = list(reader.pages())
        assert [found.is_last for found in pages[:-1]] == [False] * (len(pages) - 1)
        assert pages[-1].is_last is (self.limit is None)
        return ids_of(pages)


class InOrder(Workers):
    """Workers whose answers come in a given order.

    Each number picks one of the requests in flight, which is answered next, or none of them where
    the reader need not wait. After the last number, the oldest request is answered.
    """

    def __init__(self, threads: int, order: Iterable[int]) -> None:
        super().__init__(0)
        self._in_flight = threads
        self._order = iter(order)
        self._requests: list[Callable[[], Callable[[], None]]] = []

    def deliver(self, *, wait: Callable[[], None] | None = None) -> None:
        """Deliver the answers that have come by now; with `wait`, at least one."""
        while self.busy:
            while not self._tasks.empty():
                self._requests.append(cast("Any", self._tasks.get()))
            in_flight = min(len(self._requests), self._in_flight)
            picked = next(self._order, 0) % (in_flight + (wait is None))
            if picked == in_flight:
                return
            wait = None
            answered = self._requests.pop(picked)()
            self.busy -= 1
            answered()


def rows(numbers: Iterable[int], **knobs: Any) -> Rows:  # noqa: ANN401 -- the knobs of Rows
    """Rows with these Ids."""
    return Rows([id_at(number) for number in sorted(set(numbers))], **knobs)


def pods(seed: int, count: int, strides: tuple[int, ...]) -> list[int]:
    """Ids of several pods, far from each other."""
    chance = random.Random(seed)  # noqa: S311 -- the same Ids every time
    starts = [FIRST + chance.randrange(LAST - FIRST) for _ in strides]
    each = count // len(strides)
    return [
        start + step * stride
        for start, stride in zip(starts, strides, strict=True)
        for step in range(each)
    ]


def page(ids: list[str], *, is_last: bool = False) -> Page:
    """A page of these Ids."""
    return Page(
        records=[{"Id": record_id} for record_id in ids],
        first_id=ids[0] if ids else None,
        last_id=ids[-1] if ids else None,
        is_last=is_last,
        cost=Cost(attempts=1),
    )


def ids_of(pages: Iterable[Page]) -> list[str]:
    """The Ids of pages that `Rows` gave."""
    return [record["Id"] for found in pages for record in found.records if isinstance(record, dict)]


def too_slow() -> QueryTimeout:
    """The error of a query that takes the org too long."""
    return QueryTimeout(QUERY_TIMED_OUT, request="A page", cause="too slow", fix="")
