"""Mistakes of people: the last line says what and how to fix it; no traceback, nothing is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tap_salesforce_taskwho.cli import run

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, quiet_process, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOKMARK = {
    "replication_key": "SystemModstamp",
    "replication_key_value": "2024-01-01T00:00:00Z",
    "window": {"from": None, "to": None, "after_id": None},
}


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=300) as sandbox:
        yield sandbox


def expect(result: TapRun, code: int, *words: str) -> None:
    assert result.code == code, result.log
    assert "Traceback" not in result.log
    assert result.records() == []
    for word in words:
        assert word in result.last_line


def state(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    return {"bookmarks": {RELATIONS: {**BOOKMARK, **changes}}}


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"mode": "sometimes"}, "mode"),
        ({"start_date": "2024-01-01 OR Id != null"}, "start_date"),
        ({"mode": "custom"}, "start_date"),
        ({"page_size": 5}, "page_size"),
        ({"lookback_seconds": 1}, "lookback_seconds"),
        ({"login_url": "http://example.com"}, "login_url"),
        ({"auth_flow": "jwt_bearer"}, "private_key"),
        (
            {"login_url": "https://acme--dev.sandbox.lightning.force.com"},
            "Set login_url to https://acme--dev.sandbox.my.salesforce.com.",
        ),
        ({"instance_url": "https://a.my.salesforce-setup.com"}, "https://a.my.salesforce.com."),
        ({"stream_maps": 5}, "stream_maps"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_named(
    org: Sandbox, tmp_path: Path, settings: dict[str, Any], word: str
) -> None:
    expect(run_tap(org, tmp_path, **settings), 2, word)


def test_a_wrong_client_secret_is_said_without_showing_it(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, client_secret="wrong-and-secret")
    expect(result, 2, "client_secret")
    assert "wrong-and-secret" not in result.log


def test_a_setting_nobody_knows_is_pointed_out(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, pagesize=200)
    assert result.code == 0
    assert "does not know these settings: pagesize" in result.log


def test_another_orgs_state_is_refused(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, state=state(org_id="00D000000000009AAA"))
    expect(result, 2, "00D000000000009AAA")


def test_a_bookmark_from_the_future_is_refused_and_a_full_run_sets_it(
    org: Sandbox, tmp_path: Path
) -> None:
    future = state(replication_key_value="2199-01-01T00:00:00Z")
    expect(run_tap(org, tmp_path, state=future), 2, "mode full")
    after = run_tap(org, tmp_path, state=future, mode="full")
    assert after.code == 0
    assert after.bookmark()["replication_key_value"] < "2199"


def test_a_change_of_endpoint_asks_for_a_full_run(org: Sandbox, tmp_path: Path) -> None:
    first = run_tap(org, tmp_path)
    changed = run_tap(org, tmp_path, state=first.state, include_deleted=False)
    expect(changed, 2, "mode full")
    assert changed.state == first.state
    full = run_tap(org, tmp_path, state=first.state, include_deleted=False, mode="full")
    assert (full.code, full.bookmark()["endpoint"]) == (0, "query")


@pytest.mark.parametrize(
    "broken",
    [
        {"bookmarks": []},
        {"bookmarks": {RELATIONS: None}},
        {"singer_state": []},
        {"type": "STATE", "value": {"bookmarks": 5}},
        state(replication_key_value="yesterday"),
        state(window={"from": None, "to": "2024-01-01T00:00:00Z", "after_id": "' OR Id != null"}),
    ],
    ids=str,
)
def test_a_state_that_makes_no_sense_is_refused(
    org: Sandbox, tmp_path: Path, broken: dict[str, Any]
) -> None:
    org.requests.clear()
    expect(run_tap(org, tmp_path, state=broken), 2, "start over")
    assert org.queries() == []


def test_a_state_is_unwrapped(org: Sandbox, tmp_path: Path) -> None:
    bare = state(replication_key_value="2025-01-01T00:00:00Z")
    wrapped: list[dict[str, Any]] = [{"type": "STATE", "value": bare}, {"singer_state": bare}]
    expected = run_tap(org, tmp_path, state=bare)
    assert expected.state.keys() == {"bookmarks"}
    for given in wrapped:
        found = run_tap(org, tmp_path, state=given)
        assert (found.ids(), found.state.keys()) == (expected.ids(), expected.state.keys())
        assert "SystemModstamp >= 2024-12-31T23:45:00Z" in str(org.queries()[-1].soql)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "  \n", '{"singer_state": null}', '{"bookmarks": null}'],
    ids=["nothing", "object", "space", "null", "null bookmarks"],
)
def test_an_empty_state_file_is_a_first_run(org: Sandbox, tmp_path: Path, content: str) -> None:
    (tmp_path / "empty.json").write_text(content)
    result = run_tap(org, tmp_path, "--state", str(tmp_path / "empty.json"))
    assert len(result.ids()) == 300


@pytest.mark.parametrize("option", ["--config", "--state", "--catalog"])
@pytest.mark.parametrize("content", [None, "{", "[1]"], ids=["missing", "broken", "list"])
def test_a_file_that_cannot_be_read_is_said(
    org: Sandbox,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
    content: str | None,
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(org.settings()))
    if content is not None:
        bad.write_text(content)
    with quiet_process():
        assert run(["--config", str(good), option, str(bad)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert option.strip("-") in lines[-1].lower()
    assert not any("Traceback" in line for line in lines)


def test_an_option_nobody_knows_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with quiet_process():
        assert run(["--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err.strip().splitlines()[-1]


def test_a_batch_folder_that_cannot_be_written_is_said(org: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    batch = {
        "encoding": {"format": "jsonl", "compression": "gzip"},
        "storage": {"root": f"file://{tmp_path}/file"},
    }
    expect(run_tap(org, tmp_path, batch_config=batch), 2, "batch_config")


@pytest.mark.parametrize(
    ("hidden", "stream", "words"),
    [
        (["TaskWhoRelation"], RELATIONS, "Shared Activities is switched off"),
        (["TaskWhoRelation", "Task"], RELATIONS, "the permission Access Activities"),
        (["Task"], "tasks", "the permission Access Activities"),
        (["Contact"], "contacts", "Give it Read and View All Records of Contact"),
        (["User"], "users", "Give it Read and View All Records of User"),
    ],
)
def test_an_object_that_the_user_may_not_see_is_said(
    tmp_path: Path, hidden: list[str], stream: str, words: str
) -> None:
    with Sandbox(rows=100, hidden=hidden) as org:
        result = run_tap(org, tmp_path, catalog=selecting(stream))
        expect(result, 2, words, "INVALID_TYPE")
        assert "this run does not read soft-deleted" not in result.log
