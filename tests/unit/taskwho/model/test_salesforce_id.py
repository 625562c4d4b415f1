"""Salesforce Ids as people paste them."""

from __future__ import annotations

import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.model.salesforce_id import full_id


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("000000000000000", "000000000000000AAA"),  # no capital letter
        ("A0000B0000C0000", "A0000B0000C0000BBB"),  # the first of each five
        ("ZZZZZzzzzz0000Z", "ZZZZZzzzzz0000Z5AQ"),  # all five; none; the last
        ("A0000B0000C0000BBB", "A0000B0000C0000BBB"),  # complete already
        (" A0000B0000C0000\n", "A0000B0000C0000BBB"),  # pasted
    ],
)
def test_an_id_is_completed_to_18_characters(given: str, full: str) -> None:
    assert full_id(given) == full


@pytest.mark.parametrize("given", ["", "12345", "A0000B0000C000'", "A0000B0000C0000BB"])
def test_what_is_no_id_is_refused_in_words(given: str) -> None:
    with pytest.raises(TaskwhoError) as raised:
        full_id(given)
    assert raised.value.exit_code == 2
    assert raised.value.message == (
        f"{given!r} is not a Salesforce Id. An Id has 15 or 18 letters and digits, and upper and "
        "lower case differ. Copy the Id from the record's address in Salesforce, or from a report."
    )
