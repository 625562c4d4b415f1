"""The window of deletes that a run asks for, and how it is cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.streams.delete_window import (
    SHORTEST,
    DeleteWindow,
    deletes_to_read,
    later_start,
    probe,
)

NOW = datetime(2024, 9, 24, 7, 0, 31, 500_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WHOLE = datetime(2024, 9, 24, 7, tzinfo=UTC)
OLDEST = WHOLE - timedelta(days=30) + 2 * MINUTE


def asked(
    mode: str = "incremental", *, bookmark: datetime | None = None, **more: object
) -> DeleteWindow:
    login = {"login_url": "https://x.my.salesforce.com", "client_id": "i", "client_secret": "s"}
    settings = read_settings({**login, "mode": mode, **more})
    return deletes_to_read(settings, settings.mode, bookmark=bookmark, server_now=NOW)


def test_a_first_run_begins_as_far_back_as_any_list_reaches() -> None:
    assert asked() == DeleteWindow(OLDEST, WHOLE)
    assert asked(start_date="2024-09-20") == DeleteWindow(OLDEST, WHOLE)


def test_a_bookmark_s_minute_is_asked_for_again_whole() -> None:
    bookmark = datetime(2024, 9, 24, 6, 10, 59, tzinfo=UTC)
    assert asked(bookmark=bookmark) == DeleteWindow(datetime(2024, 9, 24, 6, 10, tzinfo=UTC), WHOLE)


@pytest.mark.parametrize(
    ("mode", "more", "start", "end"),
    [
        ("full", {}, OLDEST, WHOLE),
        ("recent", {"days": 3}, WHOLE - timedelta(days=3), WHOLE),
        ("recent", {"days": 300}, OLDEST, WHOLE),
        # a date-only end takes its day in, which is not over
        ("custom", {"start_date": "2024-09-20", "end_date": "2024-09-24"}, None, WHOLE),
        (
            "custom",
            {"start_date": "2024-09-20", "end_date": "2024-09-22T10:00:01Z"},
            None,
            datetime(2024, 9, 22, 10, 1, tzinfo=UTC),
        ),
    ],
)
def test_other_modes_do_not_look_at_the_bookmark(
    mode: str, more: dict[str, Any], start: datetime | None, end: datetime
) -> None:
    found = asked(mode, bookmark=datetime(2024, 9, 23, tzinfo=UTC), **more)
    assert found == DeleteWindow(start or datetime(2024, 9, 20, tzinfo=UTC), end)


@pytest.mark.parametrize(("seconds", "long_enough"), [(0, False), (91, False), (92, True)])
def test_nothing_is_asked_for_that_is_not_longer_than_a_minute(
    seconds: int, *, long_enough: bool
) -> None:
    found = asked(bookmark=NOW - timedelta(seconds=seconds))
    assert found.is_long_enough is long_enough


@given(st.integers(min_value=2, max_value=45_000))
def test_halving_ends_at_the_shortest_window_and_never_stands_still(minutes: int) -> None:
    window = DeleteWindow(WHOLE - minutes * MINUTE, WHOLE)
    cuts = 0
    while (half := window.half_length()) is not None:
        assert SHORTEST <= half < window.length
        assert half % MINUTE == timedelta(0)
        window = window.first(half)
        cuts += 1
    assert window.length == SHORTEST
    assert cuts <= 16


def test_the_recycle_bin_s_days_are_tried_before_a_later_beginning_that_the_org_gives() -> None:
    given = datetime(2024, 9, 20, 1, 2, 3, tzinfo=UTC)
    of_bin = datetime(2024, 9, 9, 7, 2, tzinfo=UTC)
    assert later_start(OLDEST, earliest=given, server_now=NOW) == of_bin
    of_org = datetime(2024, 9, 20, 1, 3, tzinfo=UTC)
    assert later_start(of_bin, earliest=given, server_now=NOW) == of_org
    assert later_start(of_org, earliest=given, server_now=NOW) is None


def test_a_probe_is_long_enough_to_be_answered() -> None:
    assert probe(NOW).is_long_enough
    assert probe(NOW).end <= NOW
