"""Two spellings of an Id are one Id."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho.salesforce.ids import long_id, org_id_of


def test_the_last_three_characters_follow_from_the_first_fifteen() -> None:
    assert long_id("00DZz0000000001") == "00DZz0000000001MAA"
    assert long_id("00DZz0000000001MAA") == "00DZz0000000001MAA"
    assert long_id("aaaaaAAAAA00000") == "aaaaaAAAAA00000A5A"


@pytest.mark.parametrize(
    ("identity", "token"),
    [
        ("https://login.salesforce.com/id/00DZz0000000001MAA/005Zz0000000001AAA", "opaque"),
        ("https://login.salesforce.com/id/00DZz0000000001/005Zz0000000001AAA", "opaque"),
        ("", "00DZz0000000001!AQ.x"),
        ("", "00DZz0000000001MAA!AQ.x"),
    ],
)
def test_every_token_answer_names_the_same_org(identity: str, token: str) -> None:
    assert org_id_of(identity, token) == "00DZz0000000001MAA"


def test_an_org_that_no_token_names_is_none() -> None:
    assert org_id_of("https://login.salesforce.com/id/", "eyJhbGciOi.x.y") is None
