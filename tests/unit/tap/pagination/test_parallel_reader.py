"""The order, the number and the bounds of pages in flight, over Ids held in memory."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.pagination.id_space import id_at, number_of
from tap_salesforce_taskwho.pagination.pages import Fetched
from tap_salesforce_taskwho.pagination.parallel_reader import PAGES_WAITING, PageSource
from tap_salesforce_taskwho.pagination.partition import Density

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = number_of("0RT000000000000")
LAST = number_of("0RTzzzzzzzzzzzz")


@dataclass
class Rows:
    """What a scan asks for, answered from a list; more than `slow_above` rows in reach time out."""

    ids: list[str]
    page_size: int = 20
    limit: int | None = None
    slow_above: int | None = None
    most_calls: int | None = None
    sobject: str = "TaskWhoRelation"
    calls: int = 0
    given: int = 0
    client: Any = field(default_factory=lambda: SimpleNamespace(throttled=0))
    window: Any = field(default_factory=lambda: SimpleNamespace(after_id=None))

    def part(self, after_id: str | None, until_id: str | None) -> list[str]:
        """The Ids above one, up to another."""
        low = bisect_right(self.ids, after_id) if after_id else 0
        high = bisect_right(self.ids, until_id) if until_id else len(self.ids)
        return self.ids[low:high]

    def fetch(self, after_id: str | None, rows: int, until_id: str | None = None) -> Fetched:
        """A page, as a scan fetches it."""
        self.calls += 1
        part = self.part(after_id, until_id)
        if self.slow_above is not None and len(part) > self.slow_above:
            raise QueryTimeout("too slow")
        found = part[:rows]
        return Fetched(
            records=[{"Id": record_id} for record_id in found],
            first_id=found[0] if found else None,
            last_id=found[-1] if found else None,
            ends=len(found) < rows,
            attempts=1,
            duration_ms=1,
            api_used=None,
            api_max=None,
            fetched_at=datetime.now(UTC),
        )

    def last_id(self, until_id: str | None = None) -> str | None:
        """The largest Id, as a scan asks for it."""
        self.calls += 1
        part = self.part(None, until_id)
        return part[-1] if part else None

    def source(self, threads: int, *, counted: int | None) -> PageSource:
        """A page source that reads them."""
        return PageSource(
            self,  # type: ignore[arg-type] # answers as a Scan does
            threads=threads,
            counted=counted,
            check=lambda: None,
            spend=self.spend,
        )

    def spend(self, more: int) -> None:
        """The quota: so many calls in all."""
        if self.most_calls is not None and self.calls + more > self.most_calls:
            raise QuotaReached("enough")

    def read(self, threads: int, *, counted: int | None = None) -> list[str]:
        """Every Id that a page source gives, in its order."""
        pages = list(self.source(threads, counted=counted).pages())
        assert [page.ends for page in pages[:-1]] == [False] * (len(pages) - 1)
        return [record["Id"] for page in pages for record in page.records]


def rows(numbers: Iterable[int], **knobs: Any) -> Rows:  # noqa: ANN401 -- the knobs of Rows
    return Rows([id_at(number) for number in sorted(set(numbers))], **knobs)


def neighbourhoods(seed: int, count: int, strides: tuple[int, ...]) -> list[int]:
    """Ids in far-off neighbourhoods, as the pods of an org give them out."""
    chance = random.Random(seed)  # noqa: S311 -- the same Ids every time
    starts = [FIRST + chance.randrange(LAST - FIRST) for _ in strides]
    each = count // len(strides)
    return [
        start + step * stride
        for start, stride in zip(starts, strides, strict=True)
        for step in range(each)
    ]


@given(
    near=st.lists(st.integers(FIRST, FIRST + 3_000), max_size=300),
    far=st.lists(st.integers(FIRST, LAST), max_size=100),
    threads=st.integers(1, 8),
    counted=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_every_row_comes_once_and_in_order_wherever_ids_are(
    near: list[int], far: list[int], threads: int, *, counted: bool
) -> None:
    table = rows([*near, *far])
    assert table.read(threads, counted=len(table.ids) if counted else None) == table.ids


@pytest.mark.parametrize("threads", [2, 4, 8])
@pytest.mark.parametrize("seed", range(3))
def test_gaps_between_neighbourhoods_cost_few_calls(seed: int, threads: int) -> None:
    table = rows(neighbourhoods(seed, 60_000, (5, 3, 1, 15)), page_size=2_000)
    assert table.read(threads, counted=60_000) == table.ids
    assert table.calls <= 60_000 / 2_000 + 3 * threads + 5 + 2 * threads


@pytest.mark.parametrize("threads", [2, 4, 8])
def test_gaps_inside_a_neighbourhood_cost_few_calls_too(threads: int) -> None:
    chance = random.Random(5)  # noqa: S311 -- the same Ids every time
    blocks = [FIRST + block * 10**7 for block in range(100)]
    numbers = [start + step for start in blocks for step in range(chance.randrange(2_000))]
    table = rows(numbers, page_size=2_000)
    assert table.read(threads, counted=len(numbers)) == table.ids
    assert table.calls <= len(numbers) / 2_000 + 3 * threads + 5


def test_a_thread_alone_asks_for_nothing_but_pages() -> None:
    table = rows(neighbourhoods(1, 1_000, (5, 3)))
    assert table.read(1, counted=1_000) == table.ids
    assert table.calls == 1_000 / 20 + 1


@pytest.mark.parametrize("threads", [1, 4])
def test_a_limit_is_kept_to_the_row(threads: int) -> None:
    table = rows(range(FIRST, FIRST + 1_000), limit=50)
    assert table.read(threads, counted=1_000) == table.ids[:50]
    assert table.calls == 3


@pytest.mark.parametrize("threads", [1, 4])
def test_scans_that_time_out_are_halved_until_they_do_not(threads: int) -> None:
    table = rows(neighbourhoods(2, 2_000, (5, 3)), slow_above=150)
    assert table.read(threads) == table.ids


def test_a_scan_that_always_times_out_ends_the_run() -> None:
    with pytest.raises(QueryTimeout):
        rows([FIRST + 5], slow_above=0).read(4)


def test_what_waits_for_its_turn_is_bounded() -> None:
    table = rows(range(FIRST, FIRST + 20_000))
    source = table.source(4, counted=20_000)
    pages = source.pages()
    for number in range(200):
        next(pages)
        assert source._waiting() <= PAGES_WAITING + 4, number
    pages.close()


@pytest.mark.parametrize("threads", [1, 2, 4, 8])
@pytest.mark.parametrize("most_calls", [0, 1, 2, 7, 20])
def test_no_call_is_made_beyond_the_quota_and_no_page_is_skipped(
    threads: int, most_calls: int
) -> None:
    table = rows(range(FIRST, FIRST + 2_000), most_calls=most_calls)
    given: list[str] = []
    with pytest.raises(QuotaReached):
        given.extend(
            record["Id"]
            for page in table.source(threads, counted=2_000).pages()
            for record in page.records
        )
    assert table.calls <= most_calls
    assert given == table.ids[: len(given)]
    if threads == 1:
        assert len(given) == most_calls * table.page_size


@pytest.mark.parametrize("threads", [4, 8])
def test_many_pages_cost_few_calls_more(threads: int) -> None:
    # half a million, where every other Id is taken
    chance = random.Random(3)  # noqa: S311 -- the same Ids every time
    numbers = [FIRST + 7 * step for step in range(1_000_000) if chance.random() < 0.5]
    table = rows(numbers, page_size=2_000)
    assert table.read(threads, counted=len(numbers)) == table.ids
    assert table.calls <= len(numbers) / 2_000 + 3 * threads + 5


@pytest.mark.parametrize(("rows_left", "divided"), [(10_000, False), (100, True)])
def test_two_pages_are_asked_for_side_by_side_when_the_end_is_near(
    rows_left: int, *, divided: bool
) -> None:
    source = rows([]).source(4, counted=rows_left)
    wanted = source.ranges[0]
    wanted.after_id, wanted.until_id = id_at(FIRST), id_at(FIRST + 50)
    wanted.density = Density(rows=1_000, span=2_000)
    assert wanted.rows_left() == 25  # a page and a quarter
    assert (source._divide(wanted) is not None) is divided
    source.workers.close()
