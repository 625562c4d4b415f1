"""How a window begins: no call too many where it is small, and none over the quota."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tap_salesforce_taskwho.pagination.parallel_reader import CALLS_TO_SPARE, PAGES_WAITING

from tests.support.rows import FIRST, ids_of, pods, rows


@pytest.mark.parametrize("threads", [1, 2, 4, 8])
@pytest.mark.parametrize("count", [0, 1, 19])
def test_a_window_of_one_page_takes_two_calls(threads: int, count: int) -> None:
    table = rows(range(FIRST, FIRST + count))
    assert table.read(threads) == table.ids
    assert table.calls == 2


@given(order=st.lists(st.integers(0, 2), max_size=12))
@pytest.mark.parametrize("count", [20, 21, 39, 40])
def test_a_small_window_takes_one_call_more_than_a_thread_alone(
    count: int, order: list[int]
) -> None:
    table = rows(pods(4, count, (5,)), order=order)
    assert table.read(2) == table.ids
    alone = 1 + count // table.page_size + 1
    assert table.calls <= alone + 1


def test_calls_that_may_just_be_enough_are_counted_before_any_is_made_on_a_guess() -> None:
    table = rows(range(FIRST, FIRST + 90), most_calls=CALLS_TO_SPARE)
    reader = table.reader(8)
    assert reader.open() == 90
    assert table.calls == 2
    reader.workers.close()


def test_calls_that_are_just_enough_are_all_used_for_pages() -> None:
    # a count, and five pages of which the last one is short
    table = rows(range(FIRST, FIRST + 90), most_calls=6)
    assert table.read(8) == table.ids


@pytest.mark.parametrize(
    ("count", "limit", "calls"),
    [(90, None, 4), (100, None, 5), (10, None, 0), (90, 30, 1), (90, 1_000, 4)],
)
def test_the_calls_that_the_rest_takes_are_known_once_it_is_open(
    count: int, limit: int | None, calls: int
) -> None:
    reader = rows(range(FIRST, FIRST + count), limit=limit).reader(1)
    reader.open()
    assert reader.calls_left() == calls
    reader.workers.close()


def test_pages_are_on_their_way_during_the_count_and_their_number_is_bounded() -> None:
    table, enough = rows(range(FIRST, FIRST + 20_000)), threading.Event()

    def no_answer_comes() -> None:
        if table.calls > 1:
            enough.set()

    def as_much_as_may_be_has_been_read_ahead() -> None:
        enough.wait()

    table.before_count = as_much_as_may_be_has_been_read_ahead
    reader = table.reader(4, no_answer_comes)
    assert reader.open() == 20_000
    assert PAGES_WAITING // 2 < reader._waiting() <= PAGES_WAITING + 4
    assert ids_of(reader.pages()) == table.ids


def test_a_first_page_that_times_out_is_halved() -> None:
    table = rows(pods(2, 2_000, (5, 3)), slow_above=150)
    assert table.read(4) == table.ids
