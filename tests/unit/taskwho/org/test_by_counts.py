"""How few calls find the differences of a million rows, and that all are found that counts show."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taskwho.org.verify.by_counts import RANGES, ByCounts
from taskwho.org.verify.regions import Region, halving

from tests.support.comparing.two_sides import PAGE, Org, Side, Table, record_id, second

if TYPE_CHECKING:
    from datetime import datetime

ROWS = 1_000_000
SEEDS = range(2)


@pytest.fixture(scope="module")
def sides() -> tuple[Side, Table]:
    """A million rows, on both sides alike; each test leaves them so."""
    return both(ROWS)


def both(rows: int) -> tuple[Side, Table]:
    chance = random.Random(1)  # noqa: S311 - the same rows each time
    # some rows share a second
    stamps = [second(number) for number in range(rows // 2)]
    made = Side({record_id(number): chance.choice(stamps) for number in range(rows)})
    return made, Table.like(made)


def compared(org: Org, seed: int, sample: float = 0, *, full: bool = False) -> ByCounts:
    chance = random.Random(seed)  # noqa: S311 - the same cuts each time
    made = ByCounts(org, org.table, page_size=org.page_size, chance=chance)
    if full:
        made.read_everything()
        return made
    made.count_everything()
    made.find()
    made.sample(sample)
    made.find()
    return made


def damaged(
    sides: tuple[Side, Table], seed: int, *, missing: int, too_many: int
) -> tuple[Org, set[str]]:
    """Let the table lack some of the org's rows, and have some others."""
    rows, table = sides
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    gone = set(chance.sample(rows.by_id, missing))
    more = {
        # beside Ids of the org
        f"{found[:-1]}B": rows.stamps[chance.choice(rows.by_id)]
        for found in chance.sample(rows.by_id, too_many)
    }
    for found in gone:
        table.drop(found)
    for found, at in more.items():
        table.put(found, at)
    return Org(rows, table), {*gone, *more}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_million_equal_rows_take_twenty_calls_and_forty_with_the_sample(
    sides: tuple[Side, Table], seed: int
) -> None:
    for sample, most in ((0, 20), (2, 40)):
        org = Org(*sides)
        assert not compared(org, seed, sample).is_complete
        assert org.calls <= most
        assert not org.found


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_missing_rows_take_150_calls_and_all_are_found(
    sides: tuple[Side, Table], seed: int
) -> None:
    org, damage = damaged(sides, seed, missing=10, too_many=0)
    compared(org, seed, sample=2)
    assert org.calls <= 150
    assert org.found == damage


@pytest.mark.parametrize("seed", SEEDS)
def test_five_missing_and_five_too_many_take_250_calls_and_a_full_read_finds_all_ten(
    sides: tuple[Side, Table], seed: int
) -> None:
    org, damage = damaged(sides, seed, missing=5, too_many=5)
    compared(org, seed, sample=2)
    assert org.calls <= 250
    assert org.found <= damage
    rest = Org(*sides)
    assert compared(rest, seed, full=True).is_complete
    assert org.found | rest.found == damage
    assert rest.calls <= ROWS // PAGE * 1.05
    assert org.table.stamps == org.stamps


def test_much_damage_takes_no_more_than_a_full_read_and_its_counts() -> None:
    rows = 100_000
    org, damage = damaged(both(rows), 1, missing=2_000, too_many=2_000)
    compared(org, 1)
    assert org.pages <= rows // PAGE * 1.05
    assert org.found == damage


SMALL = 20
NUMBERS = st.dictionaries(
    st.integers(0, 300).map(record_id), st.integers(0, 12).map(second), max_size=300
)


@given(NUMBERS, NUMBERS, st.integers(0, 2**32), st.none() | st.integers(0, 50))
def test_whatever_the_sides_hold_equal_counts_are_reached_and_nothing_is_made_up(
    org_rows: dict[str, datetime], here: dict[str, datetime], seed: int, uncountable: int | None
) -> None:
    org = Org(Side(org_rows), Table(here), SMALL)
    org.uncountable_above = uncountable
    made = compared(org, seed)
    assert org.found <= {i for i in {*org_rows, *here} if org_rows.get(i) != here.get(i)}
    if made.is_complete:
        assert org.table.stamps == org_rows
    assert len(org.table.stamps) == len(org_rows)


DAMAGES = st.tuples(*[st.integers(0, 60)] * 3)


@given(
    st.integers(1, 1_500),
    DAMAGES,
    st.integers(0, 2**32),
    st.floats(0, 100),
    st.none() | st.integers(0, 500),
)
def test_no_damage_takes_more_calls_than_a_full_read_and_the_counts(
    rows: int,
    damages: tuple[int, int, int],
    seed: int,
    sample: float,
    uncountable: int | None,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same sides each time
    org_rows = {record_id(2 * n): second(chance.randrange(rows)) for n in range(rows)}
    here = dict(org_rows)
    missing, too_many, moved = damages
    for found in chance.sample(sorted(org_rows), min(rows, missing)):
        del here[found]
    for number in range(too_many + moved):
        found = record_id(2 * chance.randrange(rows) + (number < too_many))
        here[found] = second(chance.randrange(rows))
    org, full = (Org(Side(org_rows), Table(here), SMALL) for _ in range(2))
    org.uncountable_above = uncountable
    compared(org, seed, sample)
    compared(full, seed, full=True)
    assert org.calls - org.counts <= full.calls
    assert org.counts <= 2 * RANGES + 2 * full.pages
    assert org.table.count(Region()) == len(org_rows)


@given(st.integers(1, 1_000), st.integers(1, 1_000))
def test_pages_are_read_where_that_costs_no_more(pages: int, differences: int) -> None:
    expected = min(differences, pages)  # each in a page of its own
    assert halving(pages, differences) > expected
    assert halving(pages, pages) >= pages
