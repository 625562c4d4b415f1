"""A stream that fails: the others are read, and the worst error ends the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import DELETES, EVERYTHING, RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.api.requests import Request

PARENTS = ("users", "contacts", "tasks")
FUTURE: dict[str, Any] = {
    "bookmarks": {"contacts": {"replication_key_value": "2199-01-01T00:00:00Z"}}
}


def of_contacts(request: Request) -> bool:
    return "FROM Contact" in request.soql


def test_relations_are_read_first_then_parents_then_deletes(tmp_path: Path) -> None:
    with Sandbox(rows=30) as org:
        result = run_tap(org, tmp_path, catalog=selecting(*EVERYTHING))
    read = [m["stream"] for m in result.messages if m["type"] == "RECORD"]
    order = [name for name in dict.fromkeys(read) if name != "sync_batches"]
    assert order == [RELATIONS, *PARENTS, DELETES]
    states = [key for state in result.states for key in state["bookmarks"]]
    assert list(dict.fromkeys(states)) == [RELATIONS, *PARENTS, DELETES]


@pytest.mark.parametrize("stream", [RELATIONS, "contacts"])
def test_an_object_that_is_hidden_keeps_no_other_stream_from_being_read(
    tmp_path: Path, stream: str
) -> None:
    hidden = {RELATIONS: "TaskWhoRelation", "contacts": "Contact"}[stream]
    with Sandbox(rows=30, hidden=[hidden]) as org:
        result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, *PARENTS))
        assert result.code == 2
        assert "INVALID_TYPE" in result.last_line
        assert result.records(stream) == []
        for other in {RELATIONS, *PARENTS} - {stream}:
            assert result.records(other)
            assert result.bookmark(other)["replication_key_value"]


def test_a_state_that_is_wrong_keeps_no_other_stream_from_being_read(tmp_path: Path) -> None:
    with Sandbox(rows=30) as org:
        result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, *PARENTS), state=FUTURE)
        assert result.code == 2
        assert "The state of contacts" in result.last_line
        assert result.ids() == org.relation_ids()
        assert result.ids("tasks") == sorted(org.table("Task"))


def test_the_worst_of_two_errors_ends_the_run_and_the_other_one_is_logged(tmp_path: Path) -> None:
    with Sandbox(rows=30, hidden=["User"]) as org:
        org.faults.add("500", when=of_contacts)
        catalog = selecting(RELATIONS, *PARENTS)
        result = run_tap(org, tmp_path, catalog=catalog, max_attempts=1)
    assert result.code == 2
    assert "shows no User" in result.last_line
    assert "A page failed 1 times" in result.log
    assert result.records("tasks")


@pytest.mark.parametrize(("kind", "code"), [("daily_limit", 3), ("redirect", 2)])
def test_where_no_stream_can_be_read_none_is_tried(tmp_path: Path, kind: str, code: int) -> None:
    with Sandbox(rows=30) as org:
        org.faults.add(kind, when=of_contacts)
        result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, *PARENTS))
        assert result.code == code
        assert result.records("users")
        assert all("FROM Task " not in request.soql for request in org.queries())


def test_a_quota_after_an_error_does_not_hide_it(tmp_path: Path) -> None:
    with Sandbox(rows=30, hidden=["User"]) as org:
        org.faults.add("daily_limit", when=of_contacts)
        result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, *PARENTS))
    assert result.code == 2
    assert "shows no User" in result.last_line
    assert "no API call left" in result.log
