"""The window of every mode, from settings, bookmark and the server's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.pagination.window import Window, fresh_window, keeps_state
from tap_salesforce_taskwho.salesforce.soql import Bounds

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.settings import Mode, Settings

NOW = datetime(2024, 9, 24, 12, 0, 0, 700_000, tzinfo=UTC)
SECOND = NOW.replace(microsecond=0)
LAST = datetime(2024, 9, 24, 11, tzinfo=UTC)


def settings(**changes: object) -> Settings:
    return read_settings(
        {
            "login_url": "https://example.my.salesforce.com",
            "client_id": "consumer",
            "client_secret": "secret",
            **changes,
        }
    )


def window(bookmark: datetime | None = None, **changes: object) -> Window | None:
    read = settings(**changes)
    return fresh_window(read, read.mode, bookmark=bookmark, server_now=NOW)


def test_a_first_run_has_no_bounds_and_ends_at_the_servers_now_less_the_lag() -> None:
    found = window()
    assert found == Window(start=None, end=SECOND - timedelta(seconds=60))
    assert found.bounds(None) == Bounds()


def test_an_incremental_run_starts_before_its_bookmark_and_has_both_bounds() -> None:
    found = window(LAST)
    assert found is not None
    assert found.bounds("0RT1", "0RT2") == Bounds(
        modstamp_from=LAST - timedelta(seconds=900),
        modstamp_to=SECOND - timedelta(seconds=60),
        after_id="0RT1",
        until_id="0RT2",
    )


def test_a_start_date_is_the_floor_of_a_first_run() -> None:
    found = window(start_date="2024-01-01")
    assert found is not None
    assert found.start == datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("start_date", ["2020-01-01", "2024-09-24T11:59:00Z"])
def test_a_bookmark_wins_over_a_start_date(start_date: str) -> None:
    assert window(LAST, start_date=start_date) == window(LAST)


def test_a_full_run_ignores_the_bookmark() -> None:
    assert window(LAST, mode="full") == Window(start=None, end=SECOND - timedelta(seconds=60))


def test_a_recent_run_goes_back_so_many_days() -> None:
    found = window(LAST, mode="recent", days=3)
    assert found is not None
    assert found.start == SECOND - timedelta(days=3)


def test_a_custom_run_ends_with_its_end_date() -> None:
    found = window(LAST, mode="custom", start_date="2024-01-01", end_date="2024-01-31")
    assert found == Window(datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize("end", [{}, {"end_date": "2031-01-01"}])
def test_a_custom_run_ends_now_at_the_latest(end: dict[str, str]) -> None:
    found = window(LAST, mode="custom", start_date="2024-01-01", **end)
    assert found is not None
    assert found.end == SECOND - timedelta(seconds=60)


def test_a_window_that_ends_before_it_starts_is_none() -> None:
    assert window(SECOND, lookback_seconds=0, lag_seconds=660) is None
    assert window(start_date="2024-09-24T11:59:30Z") is None, "later than now less the lag"
    assert window(LAST, mode="custom", start_date="2024-09-24T12:00:00Z") is None


@pytest.mark.parametrize("start", ["2030-01-01", "2024-09-24T12:00:01Z"])
def test_a_start_date_in_the_future_is_an_error_where_it_counts(start: str) -> None:
    for bookmark, mode in ((LAST, "custom"), (None, "custom"), (None, "incremental")):
        with pytest.raises(UserError, match=r"later than the org's clock, which shows 2024-09-24"):
            window(bookmark, mode=mode, start_date=start)
    assert window(LAST, start_date=start) is not None, "the bookmark wins"
    assert window(mode="full", start_date=start) is not None
    assert window(mode="recent", start_date=start) is not None


@pytest.mark.parametrize(
    ("mode", "is_cut", "keeps"),
    [
        ("incremental", False, False),
        ("full", False, False),
        ("recent", False, True),
        ("custom", False, True),
        ("incremental", True, True),
        ("full", True, True),
    ],
)
def test_recent_custom_and_cut_runs_keep_the_state(
    mode: Mode, *, is_cut: bool, keeps: bool
) -> None:
    assert keeps_state(mode, is_cut=is_cut) is keeps


@pytest.mark.parametrize(
    ("changes", "is_cut"),
    [
        ({}, False),
        ({"limit": 1}, True),
        ({"id_from": "0RT000000000001"}, True),
        ({"id_to": "0RT000000000001"}, True),
    ],
)
def test_a_limit_and_a_range_of_ids_cut_a_run(changes: dict[str, object], *, is_cut: bool) -> None:
    assert settings(**changes).is_cut is is_cut


def test_a_range_of_ids_begins_with_its_first_id_and_ends_before_its_last_one() -> None:
    found = Window(start=None, end=SECOND).of_ids("0RT000000000002", "0RT0000000000A0GAA")
    assert found.bounds(found.after_id) == Bounds(
        after_id="0RT000000000001GAA", until_id="0RT00000000009zGAA"
    )


def test_no_bound_of_a_page_leads_out_of_the_range_of_ids() -> None:
    found = Window(start=None, end=SECOND).of_ids(None, "0RT000000000010")
    assert found.bounds("0RT000000000001GAA", "0RT000000000005GAA").until_id == "0RT000000000005GAA"
    assert found.bounds("0RT000000000001GAA", "0RT00000000005zGAA").until_id == "0RT00000000000zGAA"


def test_a_range_from_the_first_id_of_all_is_open() -> None:
    assert Window(start=None, end=SECOND).of_ids("0" * 15, None) == Window(start=None, end=SECOND)


def test_what_is_left_of_a_window_begins_after_the_last_id() -> None:
    found = Window(start=LAST, end=SECOND)
    assert found.read_up_to("0RT000000000001GAA").after_id == "0RT000000000001GAA"
    assert found.read_up_to(None) is found
