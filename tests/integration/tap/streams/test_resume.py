"""Runs that end early, and those that go on after them: nothing lost, little repeated."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator

TAP = Path(sys.executable).with_name("tap-salesforce-taskwho")
SMALL: dict[str, Any] = {"page_size": 200}


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=5_000) as sandbox:
        yield sandbox


def start(org: Sandbox, folder: Path, **settings: object) -> subprocess.Popen[str]:
    """Start the command with its journal, as a process that can be killed."""
    (folder / "c.json").write_text(json.dumps(org.settings() | settings))
    (folder / "k.json").write_text(json.dumps(selecting(RELATIONS, "sync_batches")))
    command = [str(TAP), "--config", f"{folder}/c.json", "--catalog", f"{folder}/k.json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, bufsize=1)


def read_states(process: subprocess.Popen[str], count: int) -> list[dict[str, Any]]:
    """Read messages until so many STATEs have come."""
    messages: list[dict[str, Any]] = []
    assert process.stdout is not None
    while sum(m["type"] == "STATE" for m in messages) < count:
        messages.append(json.loads(process.stdout.readline()))
    return messages


def rest_of(process: subprocess.Popen[str]) -> tuple[list[dict[str, Any]], str]:
    out, err = process.communicate()
    return [json.loads(line) for line in out.splitlines() if line.endswith("}")], err


def split(messages: list[dict[str, Any]]) -> tuple[list[str], dict[str, Any]]:
    """Give the Ids of the relations, and the last STATE."""
    ids = [m["record"]["Id"] for m in messages if m.get("stream") == RELATIONS and "record" in m]
    return ids, [m["value"] for m in messages if m["type"] == "STATE"][-1]


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_killed_run_goes_on_from_its_last_state(
    org: Sandbox, tmp_path: Path, concurrency: int
) -> None:
    process = start(org, tmp_path, concurrency=concurrency, **SMALL)
    messages = read_states(process, 5)
    process.kill()
    process.communicate()
    ids, state = split(messages)
    cursor = state["bookmarks"][RELATIONS]["window"]["after_id"]
    read = org.relation_ids().index(cursor) + 1
    assert [found for found in ids if found <= cursor] == org.relation_ids()[:read]

    resumed = run_tap(org, tmp_path, state=state, catalog=selecting(RELATIONS, "sync_batches"))
    assert resumed.states[0] == state
    rows = [r for r in resumed.journal if r["resumed"]]
    assert rows[0]["after_id"] == cursor
    assert rows[-1]["outcome"] == "complete"
    assert sum(r["records"] for r in rows) == len(org.relation_ids()) - read
    assert set(ids) | set(resumed.ids()) == set(org.relation_ids())


def test_a_resumed_run_reads_a_fresh_window_too(org: Sandbox, tmp_path: Path) -> None:
    process = start(org, tmp_path, **SMALL)
    _, state = split(read_states(process, 3))
    process.kill()
    process.communicate()
    org.advance_clock(3 * 24 * 3_600)
    changed = org.insert(7)
    org.advance_clock(120)
    resumed = run_tap(org, tmp_path, state=state, catalog=selecting(RELATIONS, "sync_batches"))
    assert [r["outcome"] for r in resumed.journal if r["outcome"]] == ["complete", "complete"]
    assert [r["batch"] for r in resumed.journal] == list(range(1, len(resumed.journal) + 1))
    assert set(changed) <= set(resumed.ids())
    assert resumed.bookmark()["window"] == {"from": None, "to": None, "after_id": None}


def test_an_interrupted_full_run_is_finished_by_the_next_incremental_one(
    org: Sandbox, tmp_path: Path
) -> None:
    first = run_tap(org, tmp_path)
    org.advance_clock(3_600)
    org.faults.add("too_large", nth=6)
    full = run_tap(org, tmp_path, state=first.state, mode="full", concurrency=1, **SMALL)
    assert full.code == 2
    assert full.bookmark()["window"]["from"] is None
    assert full.bookmark()["window"]["to"] > first.bookmark()["replication_key_value"]
    assert full.bookmark()["replication_key_value"] == first.bookmark()["replication_key_value"]
    rest = run_tap(org, tmp_path, state=full.state)
    assert set(full.ids()) | set(rest.ids()) == set(org.relation_ids())


def test_a_full_run_replaces_an_open_window(org: Sandbox, tmp_path: Path) -> None:
    process = start(org, tmp_path, **SMALL)
    _, state = split(read_states(process, 3))
    process.kill()
    process.communicate()
    full = run_tap(org, tmp_path, state=state, mode="full")
    assert full.ids() == org.relation_ids()
    assert full.bookmark()["window"]["to"] is None


def test_a_signal_stops_the_tap_between_pages_with_its_state_written(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=50_000, latency_ms=20) as org:
        process = start(org, tmp_path, concurrency=2, **SMALL)
        messages = read_states(process, 3)
        process.send_signal(signal.SIGINT)
        rest, err = rest_of(process)
        messages += rest
    ids, state = split(messages)
    assert process.returncode == 130
    assert "next run" in err.strip().splitlines()[-1]
    assert state["bookmarks"][RELATIONS]["window"]["after_id"] == ids[-1]
    assert len(ids) < 50_000
    journal = [m["record"] for m in messages if m.get("stream") == "sync_batches" and "record" in m]
    assert journal[-1]["outcome"] == "failed"


# the request that nobody answers, by its path or its query
HANGING = {
    "the login": lambda request: request.endpoint == "token",
    "the clock": lambda request: request.endpoint == "versions",
    "the count": lambda request: "COUNT()" in str(request.soql),
    "the first page": lambda request: "Relation ORDER BY Id LIMIT" in str(request.soql),
    "a page": lambda request: "Id > '" in str(request.soql),
}


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("hanging", HANGING)
def test_a_stop_does_not_wait_for_a_request_in_flight(
    tmp_path: Path, hanging: str, concurrency: int
) -> None:
    with Sandbox(rows=5_000) as org:
        org.faults.slow_seconds = 10_000
        org.faults.add("slow", where=lambda _: True, when=HANGING[hanging])
        process = start(org, tmp_path, concurrency=concurrency, **SMALL)
        deadline = time.monotonic() + 60
        while "slow" not in org.faults.struck:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "run" in err.strip().splitlines()[-1]


def test_a_loader_that_dies_ends_the_tap_with_a_line_that_says_so(
    org: Sandbox, tmp_path: Path
) -> None:
    process = start(org, tmp_path, **SMALL)
    read_states(process, 1)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait() == 1
    assert "loader" in err.strip().splitlines()[-1]
    assert "Traceback" not in err
    process.stderr.close()


def test_a_failed_run_leaves_its_state_and_a_last_entry_in_the_journal(
    org: Sandbox, tmp_path: Path
) -> None:
    org.faults.add("503", where=lambda path: "/query" in path, nth=range(6, 1_000))
    failed = run_tap(
        org,
        tmp_path,
        catalog=selecting(RELATIONS, "sync_batches"),
        concurrency=1,
        max_attempts=1,
        **SMALL,
    )
    assert failed.code == 1
    assert failed.journal[-1]["outcome"] == "failed"
    assert failed.journal[-1]["records"] == 0
    assert failed.bookmark()["window"]["after_id"] == failed.ids()[-1]
    org.faults.clear()
    rest = run_tap(org, tmp_path, state=failed.state)
    assert failed.ids() + rest.ids() == org.relation_ids()


def test_queries_that_time_out_are_asked_for_less_until_all_rows_are_there(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=3_000, slow_above=300) as org:
        result = run_tap(org, tmp_path)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()


def test_a_page_that_timed_out_is_requested_in_halves_and_grows_again(tmp_path: Path) -> None:
    with Sandbox(rows=9_000) as org:
        org.faults.add("query_timeout", when=lambda asked: "LIMIT" in str(asked.soql), nth={2, 3})
        result = run_tap(org, tmp_path, concurrency=1, page_size=2_000)
        assert result.ids() == org.relation_ids()
        limits = [str(query.soql).rpartition(" LIMIT ") for query in org.queries()]
    assert [rows for _, found, rows in limits if found] == [
        "2000",
        "2000",
        "1000",
        "500",
        "1000",
        "2000",
        "2000",
        "2000",
    ]


@pytest.mark.parametrize("concurrency", [1, 4])
def test_scans_that_time_out_are_divided_by_id(tmp_path: Path, concurrency: int) -> None:
    with Sandbox(rows=3_000, slow_scan=900) as org:
        result = run_tap(org, tmp_path, concurrency=concurrency)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()


@pytest.mark.parametrize("concurrency", [1, 8])
def test_short_pages_end_no_window(tmp_path: Path, concurrency: int) -> None:
    with Sandbox(rows=5_000, page_cap=700, short_pages=0.3) as org:
        result = run_tap(org, tmp_path, concurrency=concurrency)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()
