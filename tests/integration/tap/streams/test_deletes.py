"""The stream of deletes that no query shows, against the org's own list of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import DELETES, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MINUTE = timedelta(minutes=1)
CATALOG = selecting(DELETES, "sync_batches")


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=60, deleted=0) as sandbox:
        yield sandbox


def read(
    org: Sandbox,
    folder: Path,
    state: Mapping[str, Any] | None = None,
    **settings: Any,  # noqa: ANN401 - any setting
) -> TapRun:
    org.requests.clear()
    run = run_tap(org, folder, state=state, catalog=CATALOG, **settings)
    assert org.violations() == []
    return run


def bookmark(run: TapRun) -> datetime:
    return datetime.fromisoformat(run.bookmark(DELETES)["replication_key_value"])


def calls(org: Sandbox) -> int:
    return sum(request.endpoint == "deleted" for request in org.requests)


def remove(org: Sandbox, count: int, *, then_minutes: int = 5) -> list[str]:
    gone = org.hard_delete(count)
    org.advance_clock(then_minutes * 60)
    return gone


def test_it_is_not_read_unless_it_is_selected(org: Sandbox, tmp_path: Path) -> None:
    remove(org, 2)
    run = run_tap(org, tmp_path)
    assert run.code == 0, run.log
    assert run.records(DELETES) == []
    assert calls(org) == 0


def test_a_first_run_begins_as_far_back_as_the_org_s_list_reaches(
    org: Sandbox, tmp_path: Path
) -> None:
    before = org.now
    gone = remove(org, 3, then_minutes=60 * 24 * 14)
    first = read(org, tmp_path)
    assert first.code == 0, first.log
    assert set(first.ids(DELETES)) == set(gone)
    for record in first.records(DELETES):
        assert record.keys() == {"Id", "deletedDate"}
        assert record["deletedDate"].endswith(".000Z")
        assert abs(datetime.fromisoformat(record["deletedDate"]) - before) < MINUTE
    assert "reaches back" not in first.log


def test_a_long_list_is_read_of_the_30_days_that_salesforce_answers_for(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, deleted_reach_days=90) as org:
        remove(org, 3, then_minutes=60 * 24 * 5)
        gone = remove(org, 2, then_minutes=60 * 24 * 29)
        first = read(org, tmp_path)
        assert first.code == 0, first.log
        assert set(first.ids(DELETES)) == set(gone)
        assert calls(org) == 1


def test_a_list_that_was_purged_is_read_from_there(org: Sandbox, tmp_path: Path) -> None:
    remove(org, 3)
    org.delete_log.purge()
    org.advance_clock(600)
    gone = remove(org, 2)
    first = read(org, tmp_path)
    assert first.code == 0, first.log
    assert set(first.ids(DELETES)) == set(gone)


def test_the_state_is_what_the_org_says_it_has_covered(org: Sandbox, tmp_path: Path) -> None:
    remove(org, 1)
    first = read(org, tmp_path)
    assert org.now - 2 * MINUTE < bookmark(first) <= org.now
    assert first.bookmark(DELETES) == {
        "replication_key": "deletedDate",
        "replication_key_value": f"{bookmark(first):%Y-%m-%dT%H:%M:%SZ}",
        "window": {"from": None, "to": None, "after_id": None},
        "org_id": first.bookmark(DELETES)["org_id"],
        "endpoint": "deleted",
    }
    assert first.bookmark(DELETES)["org_id"].startswith("00D")


def test_later_runs_bring_what_was_removed_since(org: Sandbox, tmp_path: Path) -> None:
    remove(org, 3)
    first = read(org, tmp_path)
    gone = remove(org, 2)
    second = read(org, tmp_path, first.state)
    assert set(gone) <= set(second.ids(DELETES))
    assert calls(org) == 1
    assert bookmark(second) > bookmark(first)
    third = read(org, tmp_path, second.state)
    assert third.records(DELETES) == []


def test_runs_in_the_same_minute_ask_for_nothing_and_lose_nothing(
    org: Sandbox, tmp_path: Path
) -> None:
    first = read(org, tmp_path)
    gone = org.hard_delete(2)
    second = read(org, tmp_path, first.state)
    assert calls(org) == 0
    assert second.state == first.state
    org.advance_clock(180)
    assert set(read(org, tmp_path, second.state).ids(DELETES)) == set(gone)


@pytest.mark.parametrize("offset", [-3_600, 3_600])
def test_the_clock_is_the_org_s(tmp_path: Path, offset: int) -> None:
    with Sandbox(rows=60, deleted=0, clock_offset_seconds=offset) as org:
        gone = remove(org, 2)
        run = read(org, tmp_path)
        assert set(run.ids(DELETES)) == set(gone)
        assert org.now - 2 * MINUTE < bookmark(run) <= org.now


def test_deletes_of_a_transaction_that_is_open_come_when_it_has_ended(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, transaction_seconds=600) as org:
        first = read(org, tmp_path)
        assert bookmark(first) <= org.now - timedelta(seconds=600)
        gone = remove(org, 2)
        second = read(org, tmp_path, first.state)
        assert second.records(DELETES) == []
        org.advance_clock(600)
        third = read(org, tmp_path, second.state)
        assert set(third.ids(DELETES)) == set(gone)
        # a longer transaction than before takes nothing back
        org.delete_log.transaction_seconds = 6_000
        org.advance_clock(300)
        fourth = read(org, tmp_path, third.state)
        assert bookmark(fourth) == bookmark(third)


def test_a_full_run_begins_at_the_list_s_beginning_and_sets_the_bookmark(
    org: Sandbox, tmp_path: Path
) -> None:
    gone = remove(org, 3)
    first = read(org, tmp_path)
    org.advance_clock(600)
    again = read(org, tmp_path, first.state, mode="full")
    assert set(again.ids(DELETES)) == set(gone)
    assert bookmark(again) > bookmark(first)
    # also after a bookmark of the future, which an incremental run refuses
    wrong = {"bookmarks": {DELETES: {"replication_key_value": "2999-01-01T00:00:00Z"}}}
    assert read(org, tmp_path, wrong).code == 2
    assert bookmark(read(org, tmp_path, wrong, mode="full")) <= org.now


@pytest.mark.parametrize(
    ("settings", "comes"),
    [
        ({"mode": "recent", "days": 1}, "late"),
        ({"mode": "recent", "days": 40}, "both"),
        ({"mode": "custom", "start_date": "-9 days", "end_date": "-2 days"}, "early"),
    ],
)
def test_a_look_at_a_stretch_leaves_the_bookmark_alone(
    org: Sandbox, tmp_path: Path, settings: dict[str, Any], comes: str
) -> None:
    first = read(org, tmp_path)
    early = remove(org, 2, then_minutes=60 * 24 * 3)
    late = remove(org, 3)
    for name in ("start_date", "end_date"):
        if name in settings:
            days = int(settings[name].split()[0])
            settings = {**settings, name: f"{org.now + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"}
    run = read(org, tmp_path, first.state, **settings)
    wanted = {"early": early, "late": late, "both": early + late}
    assert set(run.ids(DELETES)) == set(wanted[comes])
    assert run.state == first.state


def test_a_limit_concerns_relations_alone(org: Sandbox, tmp_path: Path) -> None:
    gone = remove(org, 3)
    run = read(org, tmp_path, limit=1)
    assert set(run.ids(DELETES)) == set(gone)
    assert bookmark(run) > org.now - 2 * MINUTE


def test_another_org_s_state_is_refused(org: Sandbox, tmp_path: Path) -> None:
    state = {"bookmarks": {DELETES: {"org_id": "00D000000000009AAA"}}}
    run = read(org, tmp_path, state)
    assert run.code == 2
    assert "00D000000000009AAA" in run.last_line


def test_what_is_no_delete_is_passed_on_made_loadable(org: Sandbox, tmp_path: Path) -> None:
    org.purged += [("no\x00Id", org.stamp()), ("0RT000000000001AAA", org.stamp())]
    org.advance_clock(180)
    assert set(read(org, tmp_path).ids(DELETES)) == {"no\ufffdId", "0RT000000000001AAA"}
