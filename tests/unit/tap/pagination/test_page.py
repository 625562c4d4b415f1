"""Which pages can be gone on from, and how the page shrinks and grows."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho.errors import TapError
from tap_salesforce_taskwho.pagination.page import checked_ids
from tap_salesforce_taskwho.pagination.page_size import PageSize

A, B, C = "0RT00000000000AAAA", "0RT00000000000BAAA", "0RT00000000000aAAA"


def test_ids_ascend_as_ascii_does_capitals_first() -> None:
    assert checked_ids([{"Id": A}, {"Id": B}, {"Id": C}], after_id=None, is_last=False) == [A, B, C]


@pytest.mark.parametrize(
    ("ids", "after"),
    [
        ([A, A], None),  # the same twice
        ([B, A], None),  # descending
        ([C, B], None),  # an order that ignores case
        ([A, B], A),  # the cursor's own row again
        ([A], B),  # below the cursor
    ],
)
def test_ids_that_do_not_ascend_beyond_the_cursor_end_the_run(
    ids: list[str], after: str | None
) -> None:
    with pytest.raises(TapError, match="Ids must ascend"):
        checked_ids([{"Id": found} for found in ids], after_id=after, is_last=False)


def test_an_empty_page_that_is_not_the_last_one_ends_the_run() -> None:
    assert checked_ids([], after_id=A, is_last=True) == []
    with pytest.raises(TapError) as caught:
        checked_ids([], after_id=A, is_last=False)
    assert str(caught.value) == (
        f"The org answered with an empty page after Id {A}, and says that more rows follow. Going "
        "on would skip or repeat rows. Run again. If it happens again, ask Salesforce support. "
        "What was read is kept in the state."
    )


def test_a_record_without_an_id_is_passed_over() -> None:
    records = [{"Id": A}, {"Id": None}, {}, "text", {"Id": 5}, {"Id": B}]
    assert checked_ids(records, after_id=None, is_last=False) == [A, B]


def test_a_page_without_any_id_cannot_be_gone_on_from() -> None:
    assert checked_ids([{}], after_id=A, is_last=True) == []
    with pytest.raises(TapError, match="without an Id"):
        checked_ids([{}], after_id=A, is_last=False)


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
