"""Whatever is damaged in the table and in the org is found, and a repair makes both equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.sandbox import Sandbox
from tests.support.comparing.compared_sides import DAMAGES, LESS_HERE, MORE_HERE, Sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from taskwho import Verification

    from tests.support.postgresql import Server

# the small org is always read as a whole; the large one has more than 20 pages
SMALL, LARGE = 400, 4_600
Damage = list[tuple["Callable[[Sides, int], None]", int]]


def _sides(rows: int, postgres: Server, folders: pytest.TempPathFactory) -> Iterator[Sides]:
    """One org for all examples: each ends with a repair, after which the next one begins."""
    with Sandbox(rows=rows) as org, postgres.database() as url:
        made = Sides(org, url, folders.mktemp("reports"))
        made.load()
        yield made


@pytest.fixture(scope="module")
def small(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    yield from _sides(SMALL, postgres, tmp_path_factory)


@pytest.fixture(scope="module")
def large(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    yield from _sides(LARGE, postgres, tmp_path_factory)


def some(damages: tuple[Callable[[Sides, int], None], ...]) -> st.SearchStrategy[Damage]:
    return st.lists(st.tuples(st.sampled_from(damages), st.integers(1, 4)), min_size=1, max_size=5)


def assert_found(found: Verification, sides: Sides) -> None:
    """All that was damaged was found, and nothing else; the first 20 of each kind are named."""
    assert sum(found.differences.values()) == len(sides.damaged)
    assert {i for ids in found.examples.values() for i in ids} <= sides.damaged


MANY = settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],  # an example changes the org of the next one
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@MANY
@given(some(DAMAGES))
def test_a_full_comparison_finds_all_damage_and_repairs_it(small: Sides, damages: Damage) -> None:
    small.damaged.clear()
    for damage, count in damages:
        damage(small, count)
    found = small.verify(full=True)
    assert (found.by, found.exit_code) == ("Ids", 4 if small.damaged else 0)
    assert_found(found, small)
    # damage to a small org is soon a large share of it
    repaired = small.verify(full=True, repair=True, settings={"max_delete_percent": 100})
    assert (repaired.differences, repaired.standing) == (found.differences, {})
    assert repaired.exit_code == 0
    small.assert_equal()
    again = small.verify(full=True, repair=True)
    assert (again.differences, again.exit_code, again.report_path) == ({}, 0, None)


@pytest.mark.parametrize("damages", [LESS_HERE, MORE_HERE])
def test_counts_find_all_damage_that_changes_them(
    large: Sides, damages: tuple[Callable[[Sides, int], None], ...]
) -> None:
    for round_ in range(4):
        large.damaged.clear()
        for damage in damages:
            damage(large, round_ + 1)
        found = large.verify(repair=True)
        assert_found(found, large)
        assert (found.by, found.standing, found.exit_code) == ("counts", {}, 0)
        large.assert_equal()
        assert large.verify(repair=True).differences == {}
