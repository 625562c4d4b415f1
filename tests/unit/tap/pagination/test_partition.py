"""How full a range is, and where it is divided."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from tap_salesforce_taskwho.pagination.id_space import id_at, neighbourhood, number_of
from tap_salesforce_taskwho.pagination.page_size import PageSize
from tap_salesforce_taskwho.pagination.pages import Fetched
from tap_salesforce_taskwho.pagination.partition import Density, Range

FIRST = number_of("0RT000000000000")
SIZE = PageSize(2_000)


def page(first: int, last: int, rows: int, *, ends: bool = False) -> Fetched:
    return Fetched(
        records=[{}] * rows,
        first_id=id_at(first),
        last_id=id_at(last),
        ends=ends,
        attempts=1,
        duration_ms=1,
        api_used=None,
        api_max=None,
        fetched_at=datetime.now(UTC),
    )


def bounded(after: int, until: int) -> Range:
    return Range(id_at(after), id_at(until), SIZE)


def test_nothing_is_guessed_before_a_page_has_come() -> None:
    assert bounded(FIRST, FIRST + 10_000).rows_left() is None


def test_a_page_says_how_many_rows_are_left() -> None:
    known = bounded(FIRST, FIRST + 100_000)
    known.take(page(FIRST + 1, FIRST + 20_000, 2_000))
    assert known.rows_left() == 8_000


def test_a_gap_before_the_first_row_is_no_part_of_the_neighbourhood() -> None:
    known = bounded(FIRST, FIRST + 10**9)
    known.take(page(FIRST + 10**9 - 40_000, FIRST + 10**9 - 20_001, 2_000))
    assert known.rows_left() == 2_000


def test_where_every_id_is_taken_a_turn_is_cut_exactly() -> None:
    assert Density(rows=5_000, span=5_000).span_for(4_000) == 4_000


def test_a_turn_rarely_holds_more_rows_than_it_was_cut_for() -> None:
    chance = random.Random(7)  # noqa: S311 -- the same draws every time
    density = Density(rows=50_000, span=100_000)
    span = density.span_for(8_000)
    over = sum(sum(chance.random() < 0.5 for _ in range(span)) > 8_000 for _ in range(100))
    assert over < 20
    assert density.rows_in(span) > 7_500


def test_a_gap_between_two_pages_makes_the_guess_sparser() -> None:
    known = bounded(FIRST, FIRST + 1_000_000)
    known.take(page(FIRST + 1, FIRST + 2_000, 2_000))
    known.take(page(FIRST + 398_001, FIRST + 400_000, 2_000))
    assert known.rows_left() == 6_000


def test_a_turn_that_ends_early_makes_the_guess_sparser() -> None:
    known = bounded(FIRST, FIRST + 1_000_000)
    known.take(page(FIRST + 1, FIRST + 10_000, 2_000))
    turn = known.cut_at(id_at(FIRST + 20_000))
    known.expected = 4_000
    known.take(page(FIRST + 10_001, FIRST + 10_100, 100, ends=True))
    assert turn.density == Density(rows=2_100, span=20_000)


def test_at_a_gap_nothing_is_guessed_until_a_page_has_come() -> None:
    known = bounded(FIRST, FIRST + 100_000)
    known.take(page(FIRST + 1, FIRST + 20_000, 2_000))
    known.is_at_gap = True
    assert known.rows_left() is None
    known.take(page(FIRST + 20_001, FIRST + 40_000, 2_000))
    assert known.rows_left() == 6_000


def test_a_range_that_was_cut_meets_the_rest_without_gap_or_overlap() -> None:
    known = bounded(FIRST, FIRST + 100_000)
    known.take(page(FIRST + 1, FIRST + 20_000, 2_000))
    rest = known.cut(30_000)
    assert rest is not None
    assert known.until_id == rest.after_id == id_at(FIRST + 50_000)
    assert rest.until_id == id_at(FIRST + 100_000)
    assert rest.untouched


def test_a_range_is_not_cut_beyond_its_end() -> None:
    known = bounded(FIRST, FIRST + 100)
    assert known.cut(100) is None
    assert known.cut(0) is None
    assert Range(id_at(FIRST), None, SIZE).cut(5) is None


def test_a_page_that_reaches_the_last_id_ends_the_range_though_it_is_full() -> None:
    known = bounded(FIRST, FIRST + 2_000)
    known.take(page(FIRST + 1, FIRST + 2_000, 2_000))
    assert known.ended


def test_a_turn_that_ends_nearly_empty_tells_of_a_gap() -> None:
    known = bounded(FIRST, FIRST + 8_000)
    known.expected = 4_000
    known.take(page(FIRST + 1, FIRST + 2_000, 1_000, ends=True))
    assert known.is_emptier_than_expected()


def test_without_a_last_id_rows_may_go_on_to_the_end_of_the_neighbourhood() -> None:
    known = Range(None, None, SIZE)
    assert known.span() is None
    known.take(page(FIRST + 1, FIRST + 4_000, 2_000))
    assert known.span() == number_of(neighbourhood(id_at(FIRST))[1]) - FIRST - 4_000


def test_a_page_of_another_neighbourhood_says_nothing_of_the_one_before() -> None:
    known = Range(None, None, SIZE)
    known.take(page(FIRST + 1, FIRST + 4_000, 2_000))
    before = known.density
    beyond = number_of(neighbourhood(id_at(FIRST))[1]) + 1
    known.take(page(beyond, beyond + 1_999, 2_000))
    assert before is not None
    assert (before.rows, before.span) == (2_000, 4_000)
    assert known.density is not None
    assert (known.density.rows, known.density.span) == (2_000, 2_000)
