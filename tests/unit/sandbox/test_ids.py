"""Record Ids as the sandbox org makes and reads them."""

from __future__ import annotations

import random
import string

import pytest

from tests.sandbox.org import ids

CHANCE = random.Random(1)  # noqa: S311 - the same seed gives the same numbers


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("000000000000000", "000000000000000AAA"),
        ("A00000000000000", "A00000000000000BAA"),  # the first letter is the lowest bit
        ("0000A0000000000", "0000A0000000000QAA"),  # the fifth the highest
        ("AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA555"),  # all 31 values: A to Z, 0 to 5
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaAAA"),
        ("00000A00000000a", "00000A00000000aABA"),
    ],
)
def test_the_suffix_encodes_the_upper_case_letters(short: str, whole: str) -> None:
    assert ids.long(short) == whole
    assert ids.long(whole) == whole


@pytest.mark.parametrize(
    "given",
    [
        "",
        "00T",
        "0000000000000000",  # 16 characters
        "00000000000000-",  # not base 62
        "A00000000000000AAA",  # a suffix that belongs to another Id
        "000000000000000aaa",
        "00000000000000é",
    ],
)
def test_any_other_text_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=given or "^$"):
        ids.long(given)


def test_ids_differ_without_their_case() -> None:
    made = ids.Numbers("Task", CHANCE).take(5_000)
    assert len({record_id.lower() for record_id in made}) == len(made)
    assert len({record_id[:15].lower() for record_id in made}) < len(made)


def test_ids_of_numbers_are_in_the_order_of_ascii() -> None:
    made = [ids.make("Contact", number) for number in range(0, 62**3, 997)]
    assert made == sorted(made)
    assert "".join(sorted(string.ascii_letters + string.digits)) == ids.ALPHABET


def test_ids_do_not_follow_time() -> None:
    made = ids.Numbers("TaskWhoRelation", CHANCE).take(200)
    assert made != sorted(made)
    assert len(set(made)) == len(made)
    assert all(ids.long(record_id[:15]) == record_id for record_id in made)
