"""Which pages can be gone on from, and how the page shrinks and grows."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho.pagination.page import inconsistency
from tap_salesforce_taskwho.pagination.page_size import PageSize

A, B, C = "0RT00000000000AAAA", "0RT00000000000BAAA", "0RT00000000000aAAA"


def check(ids: list[str], after: str | None = None, until: str | None = None) -> str:
    records = [{"Id": found} for found in ids]
    return inconsistency(records, after_id=after, until_id=until, is_last=False)


def test_ids_ascend_as_ascii_does_capitals_first() -> None:
    assert check([A, B, C]) == ""
    assert check([A, B, C], until=C) == ""


@pytest.mark.parametrize(
    ("ids", "after", "words"),
    [
        ([A, A], None, f"Id {A} after {A}, though Ids must ascend"),
        ([B, A], None, "though Ids must ascend"),
        ([C, B], None, "though Ids must ascend"),  # an order that ignores case
        ([A, B], A, "though Ids must ascend"),  # the cursor's own row again
        ([A], B, "though Ids must ascend"),  # below the cursor
        ([], A, f"an empty page after Id {A}, and says that more rows follow"),
    ],
)
def test_a_page_that_does_not_lead_on_is_inconsistent(
    ids: list[str], after: str | None, words: str
) -> None:
    assert check(ids, after).endswith(words)


def test_ids_beyond_the_last_one_asked_for_are_inconsistent() -> None:
    assert check([A, C], until=B) == f"Id {C}, though {B} was the last one asked for"


def test_an_empty_last_page_is_consistent() -> None:
    assert inconsistency([], after_id=A, until_id=None, is_last=True) == ""


def test_a_record_without_an_id_is_passed_over() -> None:
    records = [{"Id": A}, {"Id": None}, {}, "text", {"Id": 5}, {"Id": B}]
    assert inconsistency(records, after_id=None, until_id=None, is_last=False) == ""


def test_a_page_without_any_id_cannot_be_gone_on_from() -> None:
    assert inconsistency([{}], after_id=A, until_id=None, is_last=True) == ""
    found = inconsistency([{}], after_id=A, until_id=None, is_last=False)
    assert found.startswith("1 records without an Id")


def test_a_page_halves_after_a_time_out_and_grows_back() -> None:
    size = PageSize(2000)
    assert size.shrink()
    assert size.shrink()
    assert size.rows == 500
    size.grow()
    size.grow()
    size.grow()
    assert size.rows == 2000


def test_a_page_does_not_shrink_for_ever() -> None:
    size = PageSize(2000)
    while size.shrink():
        pass
    assert size.rows == 25
