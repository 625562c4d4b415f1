"""How full a partition is, and where it is cut."""

from __future__ import annotations

import random

from tap_salesforce_taskwho.pagination.id_space import id_at, number_of, pod_of
from tap_salesforce_taskwho.pagination.page import Page
from tap_salesforce_taskwho.pagination.page_size import PageSize
from tap_salesforce_taskwho.pagination.partition import Density, Partition
from tap_salesforce_taskwho.salesforce.answers import Cost

FIRST = number_of("0RT000000000000")
SIZE = PageSize(2_000)


def page(first: int, last: int, rows: int, *, is_last: bool = False) -> Page:
    return Page(
        records=[{}] * rows,
        first_id=id_at(first),
        last_id=id_at(last),
        is_last=is_last,
        cost=Cost(attempts=1),
    )


def bounded(after: int, until: int) -> Partition:
    return Partition(id_at(after), id_at(until), SIZE)


def test_nothing_is_guessed_before_a_page_has_come() -> None:
    assert bounded(FIRST, FIRST + 10_000).rows_left() is None


def test_a_page_says_how_many_rows_are_left() -> None:
    partition = bounded(FIRST, FIRST + 100_000)
    partition.add_page(page(FIRST + 1, FIRST + 20_000, 2_000))
    assert partition.rows_left() == 8_000


def test_a_gap_before_the_first_row_is_no_part_of_the_pod() -> None:
    partition = bounded(FIRST, FIRST + 10**9)
    partition.add_page(page(FIRST + 10**9 - 40_000, FIRST + 10**9 - 20_001, 2_000))
    assert partition.rows_left() == 2_000


def test_where_every_id_is_taken_a_partition_is_cut_exactly() -> None:
    assert Density(rows=5_000, ids=5_000).ids_for(4_000) == 4_000


def test_a_partition_rarely_holds_more_rows_than_it_was_cut_for() -> None:
    chance = random.Random(7)  # noqa: S311 -- the same draws every time
    density = Density(rows=50_000, ids=100_000)
    ids = density.ids_for(8_000)
    over = sum(sum(chance.random() < 0.5 for _ in range(ids)) > 8_000 for _ in range(100))
    assert over < 20
    assert density.rows_in(ids) > 7_500


def test_a_gap_between_two_pages_makes_the_guess_sparser() -> None:
    partition = bounded(FIRST, FIRST + 1_000_000)
    partition.add_page(page(FIRST + 1, FIRST + 2_000, 2_000))
    partition.add_page(page(FIRST + 398_001, FIRST + 400_000, 2_000))
    assert partition.rows_left() == 6_000


def test_a_partition_that_ends_early_makes_the_guess_sparser() -> None:
    partition = bounded(FIRST, FIRST + 1_000_000)
    partition.add_page(page(FIRST + 1, FIRST + 10_000, 2_000))
    rest = partition.cut_at(id_at(FIRST + 20_000))
    partition.expected = 4_000
    partition.add_page(page(FIRST + 10_001, FIRST + 10_100, 100, is_last=True))
    assert rest.density == Density(rows=2_100, ids=20_000)


def test_at_a_gap_nothing_is_guessed_until_a_page_has_come() -> None:
    partition = bounded(FIRST, FIRST + 100_000)
    partition.add_page(page(FIRST + 1, FIRST + 20_000, 2_000))
    partition.is_at_gap = True
    assert partition.rows_left() is None
    partition.add_page(page(FIRST + 20_001, FIRST + 40_000, 2_000))
    assert partition.rows_left() == 6_000


def test_a_partition_that_was_cut_meets_the_rest_without_gap_or_overlap() -> None:
    partition = bounded(FIRST, FIRST + 100_000)
    partition.add_page(page(FIRST + 1, FIRST + 20_000, 2_000))
    rest = partition.cut_after(30_000)
    assert rest is not None
    assert partition.until_id == rest.after_id == id_at(FIRST + 50_000)
    assert rest.until_id == id_at(FIRST + 100_000)
    assert rest.is_untouched


def test_a_partition_is_not_cut_beyond_its_end() -> None:
    partition = bounded(FIRST, FIRST + 100)
    assert partition.cut_after(100) is None
    assert partition.cut_after(0) is None
    assert Partition(id_at(FIRST), None, SIZE).cut_after(5) is None


def test_a_page_that_reaches_the_last_id_ends_the_partition_though_it_is_full() -> None:
    partition = bounded(FIRST, FIRST + 2_000)
    partition.add_page(page(FIRST + 1, FIRST + 2_000, 2_000))
    assert partition.is_read


def test_a_partition_that_ends_nearly_empty_shows_a_gap() -> None:
    partition = bounded(FIRST, FIRST + 8_000)
    partition.expected = 4_000
    partition.add_page(page(FIRST + 1, FIRST + 2_000, 1_000, is_last=True))
    assert partition.is_emptier_than_expected()


def test_without_a_last_id_rows_may_go_on_to_the_end_of_the_pod() -> None:
    partition = Partition(None, None, SIZE)
    assert partition.ids_left() is None
    partition.add_page(page(FIRST + 1, FIRST + 4_000, 2_000))
    assert partition.ids_left() == number_of(pod_of(id_at(FIRST))[1]) - FIRST - 4_000


def test_a_page_of_another_pod_says_nothing_of_the_one_before() -> None:
    partition = Partition(None, None, SIZE)
    partition.add_page(page(FIRST + 1, FIRST + 4_000, 2_000))
    before = partition.density
    beyond = number_of(pod_of(id_at(FIRST))[1]) + 1
    partition.add_page(page(beyond, beyond + 1_999, 2_000))
    assert before is not None
    assert (before.rows, before.ids) == (2_000, 4_000)
    assert partition.density is not None
    assert (partition.density.rows, partition.density.ids) == (2_000, 2_000)
