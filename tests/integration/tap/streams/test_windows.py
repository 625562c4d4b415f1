"""First, incremental and other runs: which rows come, and what the state says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOSED = {"from": None, "to": None, "after_id": None}


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=5_000) as sandbox:
        yield sandbox


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def test_a_first_run_reads_every_row_once_in_the_order_of_ids(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path)
    assert first.code == 0, first.log
    assert first.ids() == org.relation_ids()
    assert all("SystemModstamp" not in q.soql.partition("WHERE")[2] for q in org.queries())


def test_records_have_salesforces_names_values_and_a_utc_that_loaders_read(
    org: Sandbox, tmp_path: Path
) -> None:
    expected = {
        row["Id"]: {
            name: value.replace("+0000", "Z") if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in org.truth()
    }
    for record in run_tap(org, tmp_path).records():
        assert record == {name: expected[record["Id"]][name] for name in record}
        assert len(record) == 10


def test_the_bookmark_is_the_servers_now_less_the_lag(tmp_path: Path) -> None:
    with Sandbox(rows=50, clock_offset_seconds=-3_600) as org:
        before = org.now
        bookmark = run_tap(org, tmp_path).bookmark()
        after = org.now
    to = moment(bookmark["replication_key_value"])
    second = timedelta(seconds=1)
    assert before - timedelta(seconds=60) - second <= to <= after - timedelta(seconds=60)
    assert bookmark["window"] == CLOSED
    assert bookmark["replication_key"] == "SystemModstamp"


def test_the_state_names_org_and_endpoint(org: Sandbox, tmp_path: Path) -> None:
    bookmark = run_tap(org, tmp_path).bookmark()
    assert bookmark["org_id"].startswith("00D")
    assert bookmark["endpoint"] == "queryAll"


def test_the_state_names_the_open_window_after_every_page(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path, page_size=1_000, concurrency=1)
    *opened, done = [state["bookmarks"][RELATIONS] for state in first.states]
    assert [entry["window"]["after_id"] for entry in opened] == org.relation_ids()[999::1_000]
    assert {entry["replication_key_value"] for entry in opened} == {None}
    assert {entry["window"]["to"] for entry in opened} == {done["replication_key_value"]}


def test_a_state_follows_the_records_that_it_speaks_of(org: Sandbox, tmp_path: Path) -> None:
    last = None
    for message in run_tap(org, tmp_path).messages:
        if message["type"] == "RECORD":
            last = message["record"]["Id"]
        elif message["type"] == "STATE":
            after_id = message["value"]["bookmarks"][RELATIONS]["window"]["after_id"]
            assert after_id in {last, None}


def test_a_second_run_asks_for_nothing_before_the_look_back(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path)
    org.requests.clear()
    second = run_tap(org, tmp_path, state=first.state)
    assert second.records() == []
    bookmark = moment(first.bookmark()["replication_key_value"])
    since = f"SystemModstamp >= {bookmark - timedelta(seconds=900):%Y-%m-%dT%H:%M:%SZ}"
    assert org.queries()
    assert all(since in query.soql for query in org.queries())


def test_an_incremental_run_brings_what_changed_and_nothing_else(
    org: Sandbox, tmp_path: Path
) -> None:
    first = run_tap(org, tmp_path)
    org.advance_clock(3_600)
    changed = {*org.insert(30), *org.update(20), *org.soft_delete(10)}
    org.advance_clock(120)
    second = run_tap(org, tmp_path, state=first.state)
    assert set(second.ids()) == changed
    assert {r["Id"] for r in second.records() if r["IsDeleted"]} <= changed


def test_rows_that_commit_late_come_within_the_look_back(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path)
    org.advance_clock(600)
    late = org.commit_late(5, stamp_age_seconds=900)
    assert set(run_tap(org, tmp_path, state=first.state).ids()) == set(late)


def test_without_a_look_back_late_rows_would_be_lost(org: Sandbox, tmp_path: Path) -> None:
    none: dict[str, Any] = {"lookback_seconds": 0, "lag_seconds": 660}
    first = run_tap(org, tmp_path, **none)
    org.advance_clock(1_200)
    org.commit_late(5, stamp_age_seconds=2_100)
    assert run_tap(org, tmp_path, state=first.state, **none).ids() == []


def test_a_start_date_is_the_floor_of_a_first_run_and_the_bookmark_wins_later(
    org: Sandbox, tmp_path: Path
) -> None:
    middle = sorted(row["SystemModstamp"] for row in org.truth())[2_500][:19] + "Z"
    first = run_tap(org, tmp_path, start_date=middle)
    newer = {row["Id"] for row in org.truth() if row["SystemModstamp"][:19] >= middle[:19]}
    assert 0 < len(newer) < 5_000
    assert set(first.ids()) == newer
    assert run_tap(org, tmp_path, state=first.state, start_date="2001-01-01").ids() == []


@pytest.mark.parametrize(
    "settings",
    [
        {"mode": "recent", "days": 400},
        {"mode": "custom", "start_date": "2001-01-01"},
        {"mode": "custom", "start_date": "2001-01-01", "end_date": "2002-01-01"},
        {"limit": 300},
        {"mode": "full", "limit": 300},
        {"limit": 300, "page_size": 200},
        {"id_from": "0RT000000000001"},
        {"mode": "full", "id_to": "0RTzzzzzzzzzzzz"},
    ],
    ids=str,
)
@pytest.mark.parametrize("opened", [False, True], ids=["closed", "open"])
def test_the_state_emitted_equals_the_state_given(
    org: Sandbox, tmp_path: Path, settings: dict[str, Any], *, opened: bool
) -> None:
    given = {
        "bookmarks": {
            RELATIONS: {
                "replication_key": "SystemModstamp",
                "replication_key_value": "2024-01-01T00:00:00Z",
                "window": {
                    "from": "2023-12-31T23:45:00Z" if opened else None,
                    "to": "2024-02-01T00:00:00Z" if opened else None,
                    "after_id": org.truth()[9]["Id"] if opened else None,
                },
            },
            "of_another_tap": {"key": 1},
        },
        "also": "kept",
    }
    catalog = selecting(RELATIONS, "sync_batches")
    result = run_tap(org, tmp_path, state=given, catalog=catalog, **settings)
    assert result.code == 0, result.log
    assert result.states == [given]


@pytest.mark.parametrize("mode", ["custom", "incremental"])
def test_a_window_that_ends_before_it_begins_leaves_the_state_alone(
    org: Sandbox, tmp_path: Path, mode: str
) -> None:
    start = f"{org.now - timedelta(seconds=30):%Y-%m-%dT%H:%M:%SZ}"  # within the lag
    given = {"bookmarks": {"users": {"replication_key_value": "2024-01-01T00:00:00Z"}}}
    result = run_tap(org, tmp_path, state=given, mode=mode, start_date=start)
    assert (result.code, result.ids(), result.states) == (0, [], [given])


def test_a_start_date_in_the_future_is_refused_and_leaves_the_state_alone(
    org: Sandbox, tmp_path: Path
) -> None:
    given = {"bookmarks": {"users": {"replication_key_value": "2024-01-01T00:00:00Z"}}}
    result = run_tap(org, tmp_path, state=given, start_date="2199-01-01")
    assert (result.code, result.ids()) == (2, [])
    assert all(state == given for state in result.states)
    assert "No record is that new: nothing would be read." in result.last_line


def test_a_limit_cuts_the_relations_after_so_many(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, limit=250, page_size=200)
    assert result.ids() == org.relation_ids()[:250]
    assert [q.soql.partition("LIMIT ")[2] for q in org.queries() if "LIMIT" in q.soql] == [
        "200",
        "50",
    ]


def test_a_limited_run_without_a_state_emits_an_empty_one(org: Sandbox, tmp_path: Path) -> None:
    assert [state for state in run_tap(org, tmp_path, limit=5).states if state] == []


def test_a_full_run_reads_everything_again_and_sets_the_bookmark(
    org: Sandbox, tmp_path: Path
) -> None:
    first = run_tap(org, tmp_path)
    org.advance_clock(7_200)
    full = run_tap(org, tmp_path, state=first.state, mode="full")
    assert full.ids() == org.relation_ids()
    assert full.bookmark()["replication_key_value"] > first.bookmark()["replication_key_value"]


def test_a_custom_window_ends_where_its_end_date_says(org: Sandbox, tmp_path: Path) -> None:
    stamps = sorted(row["SystemModstamp"] for row in org.truth())
    start, end = stamps[1_000][:10], stamps[3_000][:10]
    custom = run_tap(org, tmp_path, mode="custom", start_date=start, end_date=end)
    inside = {r["Id"] for r in org.truth() if start <= r["SystemModstamp"][:10] <= end}
    assert set(custom.ids()) == inside


def test_soft_deleted_rows_come_unless_they_are_not_wanted(org: Sandbox, tmp_path: Path) -> None:
    live = sorted(row["Id"] for row in org.truth() if not row["IsDeleted"])
    assert len(live) < 5_000
    result = run_tap(org, tmp_path, include_deleted=False)
    assert result.ids() == live
    assert result.bookmark()["endpoint"] == "query"


def test_an_org_that_refuses_query_all_is_read_through_query_and_says_so(tmp_path: Path) -> None:
    with Sandbox(rows=500, queryall_refused=True) as org:
        result = run_tap(org, tmp_path)
        assert result.ids() == sorted(r["Id"] for r in org.truth() if not r["IsDeleted"])
    assert result.bookmark()["endpoint"] == "query"
    assert result.log.count("refuses queryAll") == 1


@pytest.mark.parametrize("offset", [-3_600, 3_600])
def test_a_clock_that_is_an_hour_off_makes_no_difference(tmp_path: Path, offset: int) -> None:
    with Sandbox(rows=500, clock_offset_seconds=offset) as org:
        first = run_tap(org, tmp_path)
        org.advance_clock(1_200)
        changed = org.update(10)
        org.advance_clock(120)
        second: TapRun = run_tap(org, tmp_path, state=first.state)
        assert len(first.ids()) == 500
        assert set(second.ids()) == set(changed)
        assert moment(second.bookmark()["replication_key_value"]) < org.now.astimezone(UTC)


def test_a_query_all_that_is_refused_is_reported_once_a_run_however_many_windows_it_reads(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=1_000, queryall_refused=True) as org:
        org.faults.add("too_large", nth=5)  # ends the run in its third page
        opened = run_tap(org, tmp_path, page_size=200, concurrency=1)
        assert opened.code == 2
        org.advance_clock(3_600)
        changed = org.insert(7)
        org.advance_clock(120)
        rest = run_tap(org, tmp_path, state=opened.state)
    assert rest.code == 0, rest.log
    assert rest.log.count("refuses queryAll") == 1
    assert set(changed) <= set(rest.ids())
    assert set(opened.ids()) | set(rest.ids()) == {
        row["Id"] for row in org.truth() if not row["IsDeleted"]
    }


@pytest.mark.parametrize("hours", [-9, 5.5])
def test_a_custom_window_is_the_same_in_every_time_zone(
    org: Sandbox, tmp_path: Path, hours: float
) -> None:
    stamps = sorted(moment(row["SystemModstamp"]) for row in org.truth())
    zone = timezone(timedelta(hours=hours))
    start, end = (stamps[at].astimezone(zone).isoformat() for at in (1_000, 3_000))
    custom = run_tap(org, tmp_path, mode="custom", start_date=start, end_date=end)
    inside = {
        row["Id"]
        for row in org.truth()
        if stamps[1_000] <= moment(row["SystemModstamp"]) < stamps[3_000]
    }
    assert set(custom.ids()) == inside
