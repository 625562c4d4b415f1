"""A stream's entry in the state: what it says, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.pagination.window import Window
from tap_salesforce_taskwho.streams.bookmark import Bookmark

STREAM = "task_who_relations"
FROM = datetime(2024, 9, 24, 6, tzinfo=UTC)
TO = datetime(2024, 9, 24, 7, tzinfo=UTC)
ORG = "00D000000000001AAA"
OPEN: dict[str, Any] = {
    "replication_key": "SystemModstamp",
    "replication_key_value": "2024-09-24T06:15:00Z",
    "window": {
        "from": "2024-09-24T06:00:00Z",
        "to": "2024-09-24T07:00:00Z",
        "after_id": "0RT000000000001AAA",
    },
    "org_id": ORG,
    "endpoint": "queryAll",
}


def read(**changes: object) -> Bookmark:
    return Bookmark.from_state(STREAM, {**OPEN, **changes})


def test_an_open_window_is_read_back_as_it_was_written() -> None:
    assert read().to_state() == OPEN
    assert read().window == Window(FROM, TO, "0RT000000000001AAA", resumed=True)


def test_a_complete_window_leaves_all_three_keys_empty() -> None:
    done = read().completed(TO).to_state()
    assert done["replication_key_value"] == "2024-09-24T07:00:00Z"
    assert done["window"] == {"from": None, "to": None, "after_id": None}
    assert Bookmark.from_state(STREAM, done).window is None


@pytest.mark.parametrize("state", [{}, {"window": None}, {"replication_key_value": None}])
def test_an_empty_state_is_a_first_run(state: dict[str, Any]) -> None:
    assert Bookmark.from_state(STREAM, state) == Bookmark()


def test_a_full_window_of_a_first_run_is_open_though_it_has_no_start() -> None:
    found = read(window={"from": None, "to": "2024-09-24T07:00:00Z", "after_id": None}).window
    assert found == Window(None, TO, None, resumed=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"replication_key_value": "long ago"},
        {"replication_key_value": 17},
        {"window": "open"},
        {"window": {"to": "2024-09-24T07:00:00Z", "after_id": "' OR Id != null"}},
        {"window": {"to": "soon"}},
        {"window": {"from": "x", "to": "2024-09-24T07:00:00Z"}},
        {"org_id": 5},
    ],
)
def test_a_state_that_makes_no_sense_is_refused_with_a_way_out(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="start over") as caught:
        read(**changes)
    assert STREAM in str(caught.value)


def test_another_orgs_state_is_refused() -> None:
    read().check_org(STREAM, ORG)
    read().check_org(STREAM, ORG[:15])  # 15 characters name the same org
    read(org_id=None).check_org(STREAM, "00D000000000002AAA")
    with pytest.raises(UserError, match="state-id-suffix"):
        read().check_org(STREAM, "00D000000000002AAA")


def test_a_bookmark_over_five_minutes_ahead_of_the_server_is_refused() -> None:
    done = read().completed(TO)
    done.check_clock(STREAM, TO - timedelta(minutes=5))
    with pytest.raises(UserError, match="mode full"):
        done.check_clock(STREAM, TO - timedelta(minutes=5, seconds=1))


def test_an_open_window_over_five_minutes_ahead_of_the_server_is_refused() -> None:
    with pytest.raises(UserError, match="mode full"):
        read().check_clock(STREAM, FROM + timedelta(minutes=16))


def test_another_endpoint_asks_for_a_full_run() -> None:
    read().check_endpoint(STREAM, "queryAll")
    Bookmark(endpoint="query").check_endpoint(STREAM, "queryAll")
    with pytest.raises(UserError, match="mode full"):
        read().check_endpoint(STREAM, "query")
