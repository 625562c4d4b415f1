"""Windows of deletes: halved, cut short, gone on with, and lists that reach back too little."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import DELETES, RELATIONS, TapRun, run_tap, selecting

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


def test_a_window_with_too_many_deletes_is_halved_and_all_come(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4) as org:
        gone = [i for _ in range(6) for i in remove(org, 3, then_minutes=30)]
        run = read(org, tmp_path)
        assert run.code == 0, run.log
        assert set(run.ids(DELETES)) == set(gone)
        assert org.now - 2 * MINUTE < bookmark(run) <= org.now
        moved = [state["bookmarks"][DELETES]["replication_key_value"] for state in run.states]
        assert moved == sorted(moved)
        assert len(set(moved)) > 4
        # every call is in the journal, refused ones too
        assert sum(entry["attempts"] for entry in run.journal) == calls(org)


def test_windows_of_after_what_is_covered_wait_for_another_run(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4, transaction_seconds=43_200) as org:
        gone = [i for _ in range(8) for i in remove(org, 3, then_minutes=180)]
        run = read(org, tmp_path)
        assert run.code == 0, run.log
        # the transaction could end between two windows, with deletes of before the second
        ends = [entry["window_to"] for entry in run.journal]
        assert max(ends) == run.bookmark(DELETES)["replication_key_value"]
        org.delete_log.transaction_seconds = 0
        rest = read(org, tmp_path, run.state)
        assert set(run.ids(DELETES)) | set(rest.ids(DELETES)) == set(gone)


def test_more_deletes_at_once_than_any_window_gives_end_the_run_with_what_to_do(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4) as org:
        remove(org, 9)
        run = read(org, tmp_path)
        assert run.code == 2
        assert "--mode full --sweep" in run.last_line
        assert run.journal[-1]["outcome"] == "failed"
        assert sum(entry["attempts"] for entry in run.journal) == calls(org)


def test_a_state_follows_the_records_and_the_journal_entry_that_it_speaks_of(
    tmp_path: Path,
) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4) as org:
        for _ in range(3):
            remove(org, 3, then_minutes=60)
        run = read(org, tmp_path)
    seen, listed, moved = 0, 0, None
    for message in run.messages:
        if message["type"] == "RECORD" and message["stream"] == DELETES:
            seen += 1
        elif message["type"] == "RECORD":
            listed += message["record"]["records"]
        elif message["type"] == "STATE":
            entry = message["value"]["bookmarks"].get(DELETES)
            assert entry == moved or seen == listed
            moved = entry
    assert seen == listed > 0


def test_a_run_that_is_cut_short_goes_on_where_its_state_says(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4) as org:
        gone = {i for _ in range(5) for i in remove(org, 3, then_minutes=60)}
        whole = read(org, tmp_path)
        for state in whole.states:
            seen: set[str] = set()
            for message in whole.messages:
                if message == {"type": "STATE", "value": state}:
                    break
                if message["type"] == "RECORD" and message["stream"] == DELETES:
                    seen.add(message["record"]["Id"])
            assert seen | set(read(org, tmp_path, state).ids(DELETES)) == gone


def test_deletes_that_the_list_no_longer_holds_ask_for_a_full_run_and_cost_no_other_row(
    org: Sandbox, tmp_path: Path
) -> None:
    catalog = selecting(DELETES, RELATIONS, "sync_batches")
    first = run_tap(org, tmp_path, catalog=catalog)
    org.advance_clock(86_400 * 20)
    new, gone = org.insert(2), remove(org, 2)
    second = run_tap(org, tmp_path, state=first.state, catalog=catalog)
    assert second.code == 0, second.log
    assert set(second.ids(DELETES)) == set(gone)
    assert set(second.ids()) >= set(new) - set(gone)
    assert "--mode full --sweep" in second.log
    assert second.log.count("reaches back") == 1
    third = run_tap(org, tmp_path, state=second.state, catalog=catalog)
    assert "reaches back" not in third.log


def test_the_quota_stops_between_two_windows_with_the_state_kept(tmp_path: Path) -> None:
    with Sandbox(rows=60, deleted=0, deleted_most_ids=4, api_max=200) as org:
        gone = {i for _ in range(5) for i in remove(org, 3, then_minutes=60)}
        cut = read(org, tmp_path, api_quota_percent_total=56)
        assert cut.code == 3
        assert cut.journal[-1]["outcome"] == "quota"
        rest = read(org, tmp_path, cut.state)
        assert set(cut.ids(DELETES)) | set(rest.ids(DELETES)) == gone


@pytest.mark.parametrize("kind", ["query_timeout", "oversized_packed"])
def test_a_list_that_is_too_large_or_too_slow_is_asked_for_in_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    transport = "tap_salesforce_taskwho.salesforce.transport"
    monkeypatch.setattr(f"{transport}.LARGEST_ANSWER", 1 << 20)
    with Sandbox(rows=60, deleted=0) as org:
        gone = [i for _ in range(4) for i in remove(org, 3, then_minutes=30)]
        org.faults.oversize_bytes = 3 << 20
        org.faults.add(kind, times=3, where=lambda path: path.endswith("/deleted/"))
        run = read(org, tmp_path)
        assert run.code == 0, run.log
        assert len(org.faults.struck) == 3
        assert set(run.ids(DELETES)) == set(gone)
