"""Ids as numbers: the server's order, and back again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tap_salesforce_taskwho.pagination.id_space import (
    BASE,
    DIGITS,
    LENGTH,
    between,
    id_at,
    number_of,
    pod_of,
)

SHORT_IDS = st.text(alphabet=DIGITS, min_size=LENGTH, max_size=LENGTH)


@given(SHORT_IDS)
def test_a_number_gives_its_id_back(short: str) -> None:
    assert id_at(number_of(short))[:LENGTH] == short


@given(SHORT_IDS, SHORT_IDS)
def test_numbers_are_in_the_order_of_ids(one: str, other: str) -> None:
    assert (number_of(one) < number_of(other)) is (one < other)
    assert (id_at(number_of(one)) < id_at(number_of(other))) is (one < other)


def test_the_documented_boundaries_of_pk_chunking_are_so_far_apart() -> None:
    # 132G, 264W and 396m are 250,000 records from one another in Salesforce's own example
    numbers = [number_of(f"00300000000{end}") for end in ("132G", "264W", "396m")]
    assert numbers[1] - numbers[0] == numbers[2] - numbers[1] == 250_000


@given(SHORT_IDS, SHORT_IDS)
def test_the_middle_lies_between(one: str, other: str) -> None:
    low, high = sorted((one, other))
    middle = between("Task", low, high)
    if number_of(high) - number_of(low) < 2:
        assert middle is None
    else:
        assert middle is not None
        assert low < middle[:LENGTH] < high


def test_halving_everything_comes_down_to_one_id() -> None:
    after_id = until_id = None
    steps = 0
    while (middle := between("TaskWhoRelation", after_id, until_id)) is not None:
        until_id = middle
        steps += 1
    assert steps == (BASE**12).bit_length() - 1


@given(SHORT_IDS.map(lambda short: "0RT" + short[3:]))
def test_a_pod_holds_the_ids_of_one_server(short: str) -> None:
    before, last = pod_of(short)
    assert before[:LENGTH] < short <= last[:LENGTH]
    assert id_at(number_of(before) + 1)[:6] == last[:6] == short[:6]
    assert number_of(last) - number_of(before) == BASE**9
