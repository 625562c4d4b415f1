"""The order, the number and the bounds of pages in flight, over Ids held in memory."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tap_salesforce_taskwho.errors import QueryTimeout, QuotaReached
from tap_salesforce_taskwho.pagination.id_space import id_at
from tap_salesforce_taskwho.pagination.page import Page
from tap_salesforce_taskwho.pagination.parallel_reader import PAGES_WAITING
from tap_salesforce_taskwho.pagination.partition import Density

from tests.support.rows import FIRST, LAST, ids_of, pods, rows


@given(
    near=st.lists(st.integers(FIRST, FIRST + 3_000), max_size=300),
    far=st.lists(st.integers(FIRST, LAST), max_size=100),
    threads=st.integers(1, 8),
    order=st.lists(st.integers(0, 8), max_size=50),
    is_uncountable=st.booleans(),
)
@settings(max_examples=100)
def test_every_row_comes_once_and_in_order_wherever_ids_are_and_whichever_answer_comes_first(
    near: list[int], far: list[int], threads: int, order: list[int], *, is_uncountable: bool
) -> None:
    table = rows([*near, *far], order=order, is_uncountable=is_uncountable)
    assert table.read(threads) == table.ids


@pytest.mark.parametrize("threads", [2, 4, 8])
@pytest.mark.parametrize("seed", range(3))
def test_gaps_between_pods_cost_few_calls(seed: int, threads: int) -> None:
    table = rows(pods(seed, 60_000, (5, 3, 1, 15)), page_size=2_000)
    assert table.read(threads) == table.ids
    assert table.calls <= 60_000 / 2_000 + 3 * threads + 5 + 2 * threads


@pytest.mark.parametrize("threads", [2, 4, 8])
def test_gaps_inside_a_pod_cost_few_calls_too(threads: int) -> None:
    chance = random.Random(5)  # noqa: S311 -- the same Ids every time
    blocks = [FIRST + block * 10**7 for block in range(100)]
    numbers = [start + step for start in blocks for step in range(chance.randrange(2_000))]
    table = rows(numbers, page_size=2_000)
    assert table.read(threads) == table.ids
    assert table.calls <= len(numbers) / 2_000 + 3 * threads + 5


def test_guesses_that_fall_into_gaps_leave_nothing_out() -> None:
    chance = random.Random(5)  # noqa: S311 -- the same Ids every time
    blocks = [FIRST + block * 10**7 for block in range(40)]
    table = rows(start + step for start in blocks for step in range(chance.randrange(60)))
    assert table.read(8) == table.ids


def test_a_thread_alone_asks_for_pages_and_one_count() -> None:
    table = rows(pods(1, 1_000, (5, 3)))
    assert table.read(1) == table.ids
    assert table.calls == 1_000 / 20 + 2


@pytest.mark.parametrize("pages_before", [1, 2, 10])
def test_a_request_that_fails_ends_a_reader_after_the_pages_before_it(pages_before: int) -> None:
    table = rows(range(FIRST, FIRST + 1_000))
    table.fails_from = table.ids[20 * pages_before - 1]
    reader, given = table.reader(1), list[Page]()
    assert reader.open() == 1_000
    with pytest.raises(ConnectionResetError):
        given += reader.pages()
    assert ids_of(given) == table.ids[: 20 * pages_before]


def test_a_request_that_fails_during_the_count_costs_no_page_that_came() -> None:
    table, failed = rows(range(FIRST, FIRST + 1_000)), threading.Event()
    table.fails_from = table.ids[19]
    table.before_count = failed.wait
    reader = table.reader(4, lambda: failed.set() if reader.failure else None)
    assert reader.open() == 1_000
    assert ids_of([next(reader.pages())]) == table.ids[:20]


@pytest.mark.parametrize("threads", [1, 4])
def test_a_limit_is_kept_to_the_row(threads: int) -> None:
    table = rows(range(FIRST, FIRST + 1_000), limit=50)
    assert table.read(threads) == table.ids[:50]
    assert table.calls == 4


@pytest.mark.parametrize("threads", [1, 4])
def test_scans_that_time_out_are_halved_until_they_do_not(threads: int) -> None:
    table = rows(pods(2, 2_000, (5, 3)), slow_above=150)
    assert table.read(threads) == table.ids


def test_a_scan_that_always_times_out_ends_the_run() -> None:
    with pytest.raises(QueryTimeout):
        rows([FIRST + 5], slow_above=0).read(4)


def test_the_number_of_pages_that_wait_is_bounded() -> None:
    reader = rows(range(FIRST, FIRST + 20_000)).reader(4)
    reader.open()
    for number, _ in zip(range(200), reader.pages(), strict=False):
        assert reader._waiting() <= PAGES_WAITING + 4, number


@pytest.mark.parametrize("threads", [1, 2, 4, 8])
@pytest.mark.parametrize("most_calls", [0, 1, 2, 7, 20])
def test_no_call_is_made_beyond_the_quota_and_no_page_is_skipped(
    threads: int, most_calls: int
) -> None:
    table = rows(range(FIRST, FIRST + 2_000), most_calls=most_calls)
    pages: list[Page] = []

    def read() -> None:
        reader = table.reader(threads)
        reader.open()
        pages.extend(reader.pages())

    with pytest.raises(QuotaReached):
        read()
    assert table.calls <= most_calls
    assert ids_of(pages) == table.ids[: len(ids_of(pages))]
    if threads == 1 and most_calls > 1:
        assert len(pages) == most_calls - 1


@pytest.mark.parametrize("threads", [4, 8])
def test_many_pages_cost_few_calls_more(threads: int) -> None:
    # half a million, where every other Id is used
    chance = random.Random(3)  # noqa: S311 -- the same Ids every time
    numbers = [FIRST + 7 * step for step in range(1_000_000) if chance.random() < 0.5]
    table = rows(numbers, page_size=2_000)
    assert table.read(threads) == table.ids
    assert table.calls <= len(numbers) / 2_000 + 3 * threads + 5


@pytest.mark.parametrize(("rows_left", "is_divided"), [(10_000, False), (100, True)])
def test_two_pages_are_requested_side_by_side_when_the_end_is_near(
    rows_left: int, *, is_divided: bool
) -> None:
    reader = rows([]).reader(4)
    reader.counted = rows_left
    partition = reader.partitions.items[0]
    partition.after_id, partition.until_id = id_at(FIRST), id_at(FIRST + 50)
    partition.density = Density(rows=1_000, ids=2_000)
    assert partition.rows_left() == 25  # a page and a quarter
    assert (reader._divide(partition) is not None) is is_divided
    reader.workers.close()
