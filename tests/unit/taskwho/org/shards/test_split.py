"""Parts of equal size, wherever Ids lie, with few counts."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taskwho.org.shards.split import split

LAST = 62**12 - 1


class Table:
    """Ids held in memory; it counts what it is asked."""

    def __init__(self, numbers: list[int], page_size: int = 2_000) -> None:
        self.numbers = sorted(set(numbers))
        self.page_size = page_size
        self.calls = 0

    def count(self, after: int, until: int) -> int:
        """Count the rows of a range."""
        self.calls += 1
        return bisect_right(self.numbers, until) - bisect_right(self.numbers, after)

    def page(self, after: int, until: int) -> list[int]:
        """Give the first Ids of a range."""
        self.calls += 1
        found = self.numbers[bisect_right(self.numbers, after) :][: self.page_size]
        return [number for number in found if number <= until]

    def last(self, after: int, until: int) -> int | None:
        """Give the last Id of a range."""
        self.calls += 1
        found = self.numbers[: bisect_right(self.numbers, until)]
        return found[-1] if found and found[-1] > after else None

    def parts(self, count: int) -> list[int]:
        """How many rows each part has."""
        first, last, total = self.numbers[0], self.numbers[-1], len(self.numbers)
        ends = split(self, count, first=first, last=last, total=total)
        bounds = [-1, *(end.number for end in ends), LAST]
        assert all(low < high for low, high in pairwise(bounds))
        rows = [bisect_right(self.numbers, bound) for bound in bounds]
        return [high - low for low, high in pairwise(rows)]


def clusters(seed: int, rows: int, shares: tuple[int, ...]) -> list[int]:
    """Ids in clusters of all densities, anywhere."""
    chance = random.Random(seed)  # noqa: S311 - the same Ids every time
    numbers = []
    for share in shares:
        start, stride = chance.randrange(LAST // 2), chance.choice((1, 1, 3, 911, 10**6))
        count = rows * share // sum(shares)
        numbers += [start + at * stride + chance.randrange(stride) for at in range(count)]
    return numbers


@pytest.mark.parametrize("count", [2, 4, 16])
@pytest.mark.parametrize("seed", range(4))
def test_parts_of_clusters_are_balanced_with_few_calls(seed: int, count: int) -> None:
    table = Table(clusters(seed, 200_000, (60, 25, 10, 5)))
    parts = table.parts(count)
    assert sum(parts) == len(table.numbers)
    share = len(table.numbers) / count
    assert all(0.9 * share <= rows <= 1.1 * share for rows in parts)
    assert table.calls <= 8 * count + 8


@given(
    near=st.lists(st.integers(0, 5_000), max_size=300),
    far=st.lists(st.integers(0, LAST - 1), max_size=100),
    count=st.integers(1, 9),
    page_size=st.integers(1, 50),
)
@settings(max_examples=200)
def test_every_row_is_in_one_part_wherever_ids_are(
    near: list[int], far: list[int], count: int, page_size: int
) -> None:
    table = Table([*near, *far, 7], page_size)
    parts = table.parts(count)
    assert (len(parts), sum(parts)) == (count, len(table.numbers))
    assert max(parts) <= 1.1 * len(table.numbers) / count + page_size + 1


def test_a_table_of_a_page_is_divided_to_the_row_by_one_call() -> None:
    table = Table(clusters(1, 1_000, (1, 5)))
    assert set(table.parts(4)) <= {len(table.numbers) // 4, len(table.numbers) // 4 + 1}
    assert table.calls == 1


def test_more_parts_than_rows_are_ranges_all_the_same() -> None:
    assert Table([5]).parts(4) == [1, 0, 0, 0]
