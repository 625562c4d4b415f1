"""How a large window begins: no call too many where it turns out small, and none over the quota."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.pagination.opening import CALLS_TO_SPARE, CountedSource
from tap_salesforce_taskwho.pagination.parallel_reader import PAGES_WAITING

from tests.unit.tap.pagination.test_parallel_reader import FIRST, LAST, Rows, neighbourhoods, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def opened(table: Rows, threads: int, check: Callable[[], None] = lambda: None) -> CountedSource:
    return CountedSource(
        table,  # type: ignore[arg-type] # answers as a Scan does
        threads=threads,
        counted=None,
        check=check,
        spend=table.spend,
    )


def counting(table: Rows) -> int:
    table.calls += 1
    return len(table.ids)


def too_slow(table: Rows) -> int:
    table.calls += 1
    raise QueryTimeout("too slow")


def read(table: Rows, threads: int, count: Callable[[Rows], int] = counting) -> list[str]:
    """Every Id that comes, in its order; the last page alone says that it is the last."""
    source = opened(table, threads)
    source.open(lambda: count(table))
    pages = list(source.pages())
    assert [page.ends for page in pages] == [False] * (len(pages) - 1) + [True]
    return [record["Id"] for page in pages for record in page.records]


def read_until_stopped(table: Rows, threads: int) -> Iterator[str]:
    source = opened(table, threads)
    source.open(lambda: counting(table))
    for page in source.pages():
        yield from (record["Id"] for record in page.records)


@given(
    near=st.lists(st.integers(FIRST, FIRST + 3_000), max_size=300),
    far=st.lists(st.integers(FIRST, LAST), max_size=100),
    threads=st.integers(2, 8),
    count=st.sampled_from([counting, too_slow]),
)
@settings(max_examples=80, deadline=None)
def test_every_row_comes_once_and_in_order_wherever_ids_are(
    near: list[int], far: list[int], threads: int, count: Callable[[Rows], int]
) -> None:
    table = rows([*near, *far])
    assert read(table, threads, count) == table.ids


@pytest.mark.parametrize("threads", [2, 4, 8])
@pytest.mark.parametrize("count", [0, 1, 19])
def test_a_window_of_one_page_takes_two_calls(threads: int, count: int) -> None:
    table = rows(range(FIRST, FIRST + count))
    assert read(table, threads) == table.ids
    assert table.calls == 2


@pytest.mark.parametrize("count", [20, 21, 39, 40])
def test_a_small_window_takes_one_call_more_than_a_thread_alone(count: int) -> None:
    table = rows(neighbourhoods(4, count, (5,)))
    assert read(table, 2) == table.ids
    alone = 1 + count // table.page_size + 1
    assert table.calls <= alone + 1


@pytest.mark.parametrize("threads", [2, 4, 8])
@pytest.mark.parametrize("seed", range(3))
def test_many_pages_cost_few_calls_more(seed: int, threads: int) -> None:
    table = rows(neighbourhoods(seed, 60_000, (5, 3, 1, 15)), page_size=2_000)
    assert read(table, threads) == table.ids
    assert table.calls <= 60_000 / 2_000 + 3 * threads + 5 + 2 * threads


@pytest.mark.parametrize("threads", [2, 8])
@pytest.mark.parametrize("most_calls", [0, 1, 2, 7, 20])
def test_no_call_is_made_beyond_the_quota_and_no_page_is_skipped(
    threads: int, most_calls: int
) -> None:
    table = rows(range(FIRST, FIRST + 2_000), most_calls=most_calls)
    given_ids: list[str] = []
    with pytest.raises(QuotaReached):
        given_ids.extend(read_until_stopped(table, threads))
    assert table.calls <= most_calls
    assert given_ids == table.ids[: len(given_ids)]


def test_calls_that_may_just_do_are_counted_before_any_is_made_on_a_guess() -> None:
    table = rows(range(FIRST, FIRST + 90), most_calls=CALLS_TO_SPARE)
    source = opened(table, 8)
    assert source.open(lambda: counting(table)) == 90
    assert table.calls == 2


def test_pages_are_on_their_way_while_the_rows_are_counted_and_what_waits_is_bounded() -> None:
    table, enough = rows(range(FIRST, FIRST + 20_000)), threading.Event()

    def naps() -> None:
        """Nothing has come for a while: as much as may has been read ahead."""
        if table.calls > 1:
            enough.set()

    source = opened(table, 4, naps)

    def slowly() -> int:
        enough.wait()
        return counting(table)

    assert source.open(slowly) == 20_000
    assert PAGES_WAITING // 2 < source._waiting() <= PAGES_WAITING + 4
    given_ids = [record["Id"] for page in source.pages() for record in page.records]
    assert given_ids == table.ids


def test_a_first_page_that_times_out_is_halved() -> None:
    table = rows(neighbourhoods(2, 2_000, (5, 3)), slow_above=150)
    assert read(table, 4) == table.ids


def test_guesses_that_fall_into_gaps_leave_nothing_out() -> None:
    chance = random.Random(5)  # noqa: S311 -- the same Ids every time
    blocks = [FIRST + block * 10**7 for block in range(40)]
    table = rows(start + step for start in blocks for step in range(chance.randrange(60)))
    assert read(table, 8) == table.ids
