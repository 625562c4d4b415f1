"""The journal: what it says of every page, and where it stands among the messages."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import DELETES, EVERYTHING, RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = {
    *("run_id", "stream", "batch", "mode", "window_from", "window_to", "first_id", "last_id"),
    *("after_id", "endpoint", "resumed", "org_id", "records", "attempts", "duration_ms"),
    *("api_used", "api_max", "fetched_at", "outcome", "counted", "bookmark", "org_time"),
}


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=5_000) as sandbox:
        yield sandbox


def test_the_schema_comes_once_and_before_the_first_entry(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting(*EVERYTHING))
    kinds = [m["type"] for m in result.messages if m.get("stream") == "sync_batches"]
    assert kinds[0] == "SCHEMA"
    assert kinds.count("SCHEMA") == 1
    first = result.messages.index(next(m for m in result.messages if m["type"] == "RECORD"))
    assert result.messages[first]["stream"] == "task_who_relations"


def test_a_run_without_streams_still_announces_the_journal(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting("sync_batches"))
    assert [m["type"] for m in result.messages if m.get("stream")] == ["SCHEMA"]


@pytest.mark.parametrize("concurrency", [1, 4])
def test_entries_join_up_from_the_first_page_to_the_last(
    org: Sandbox, tmp_path: Path, concurrency: int
) -> None:
    result = run_tap(
        org,
        tmp_path,
        catalog=selecting(RELATIONS, "sync_batches"),
        page_size=500,
        concurrency=concurrency,
    )
    journal = result.journal
    assert all(set(entry) == FIELDS for entry in journal)
    assert [entry["batch"] for entry in journal] == list(range(1, len(journal) + 1))
    cursor = None
    for entry in journal:
        assert entry["after_id"] == cursor
        cursor = entry["last_id"] or cursor
    assert sum(entry["records"] for entry in journal) == 5_000
    assert [entry["outcome"] for entry in journal] == [None] * (len(journal) - 1) + ["complete"]
    assert {entry["counted"] for entry in journal} == {5_000}


def test_an_entry_describes_the_page_before_it(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, "sync_batches"), concurrency=1)
    page: list[str] = []
    for message in result.messages:
        if message["type"] == "STATE" or "record" not in message:
            continue
        if message["stream"] == RELATIONS:
            page.append(message["record"]["Id"])
            continue
        entry = message["record"]
        assert (entry["first_id"], entry["last_id"]) == (page[0], page[-1])
        assert entry["records"] == len(page)
        page = []


def test_an_entry_stands_before_the_state_of_its_page(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, "sync_batches"))
    messages = [m for m in result.messages if m["type"] != "SCHEMA"]
    for before, message in itertools.pairwise(messages):
        if message["type"] == "STATE":
            assert before["stream"] == "sync_batches"


def test_an_entry_shows_where_and_at_what_cost(org: Sandbox, tmp_path: Path) -> None:
    org.faults.add("503", times=1, where=lambda path: "/query" in path)
    result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, "sync_batches"), concurrency=1)
    entry = result.journal[0]
    bookmark = result.bookmark()
    assert entry["attempts"] == 2
    assert entry["duration_ms"] >= 0
    assert (entry["api_max"], entry["mode"]) == (100_000, "incremental")
    assert entry["api_used"] > 100
    assert entry["org_id"] == bookmark["org_id"]
    assert (entry["endpoint"], entry["resumed"]) == ("queryAll", False)
    assert (entry["window_from"], entry["window_to"]) == (None, bookmark["replication_key_value"])


def test_an_empty_window_leaves_one_entry(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path)
    second = run_tap(org, tmp_path, state=first.state, catalog=selecting(RELATIONS, "sync_batches"))
    [entry] = second.journal
    assert (entry["records"], entry["outcome"], entry["first_id"]) == (0, "complete", None)


def test_batches_count_from_one_in_every_stream(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting(*EVERYTHING))
    for stream in ("contacts", RELATIONS, "tasks", "users"):
        entries = [entry for entry in result.journal if entry["stream"] == stream]
        assert [entry["batch"] for entry in entries] == list(range(1, len(entries) + 1))
        assert entries[-1]["outcome"] == "complete"
        assert sum(entry["records"] for entry in entries) == len(result.ids(stream))


def test_a_limited_run_says_so(org: Sandbox, tmp_path: Path) -> None:
    catalog = selecting(*EVERYTHING)
    result = run_tap(org, tmp_path, catalog=catalog, limit=10)
    last = {entry["stream"]: entry["outcome"] for entry in result.journal}
    assert last == {
        "contacts": "complete",
        DELETES: "complete",
        RELATIONS: "limit",
        "tasks": "complete",
        "users": "complete",
    }
    assert len(result.ids()) == 10


def test_the_run_is_meltanos_where_there_is_one(
    org: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = selecting(RELATIONS, "sync_batches")
    own = {e["run_id"] for e in run_tap(org, tmp_path, catalog=catalog).journal}
    other = {e["run_id"] for e in run_tap(org, tmp_path, catalog=catalog).journal}
    assert len(own | other) == 2
    monkeypatch.setenv("MELTANO_RUN_ID", "a-run-of-meltano")
    result = run_tap(org, tmp_path, catalog=catalog)
    assert {e["run_id"] for e in result.journal} == {"a-run-of-meltano"}


def test_without_the_journal_everything_else_stays(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path)
    assert len(result.ids()) == 5_000
    assert "sync_batches" not in json.dumps(result.messages)
