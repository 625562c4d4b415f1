"""What any SDK tap can do: discovery, about, selection, stream maps, test, environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import DELETES, EVERYTHING, RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator

TAP = Path(sys.executable).with_name("tap-salesforce-taskwho")


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=3_000) as sandbox:
        yield sandbox


def offline(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([TAP, *arguments], capture_output=True, check=True, env={"PATH": ""})
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_discovery_gives_the_declared_streams_without_config() -> None:
    streams = {stream["tap_stream_id"]: stream for stream in offline("--discover")["streams"]}
    assert set(streams) == set(EVERYTHING)
    for name, stream in streams.items():
        root = next(m["metadata"] for m in stream["metadata"] if not m["breadcrumb"])
        assert root["selected-by-default"] is (name == RELATIONS)
        if name != "sync_batches":
            assert stream["key_properties"] == ["Id"]
            key = "deletedDate" if name == DELETES else "SystemModstamp"
            assert stream["replication_key"] == key
            assert stream["replication_method"] == "INCREMENTAL"
            fields = stream["schema"]["properties"]
            assert fields.pop("Id")["type"] == ["string"]
            assert all("null" in field["type"] for field in fields.values())


def test_about_shows_every_setting_and_only_true_capabilities() -> None:
    about = offline("--about", "--format=json")
    settings = about["settings"]["properties"]
    assert {"auth_flow", "mode", "concurrency", "stream_maps", "batch_config"} <= set(settings)
    assert set(about["capabilities"]) == {
        *("about", "batch", "catalog", "discover", "state", "stream-maps", "schema-flattening"),
        "structured-logging",
    }


def test_all_object_streams_are_read_whole(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, catalog=selecting(*EVERYTHING))
    for stream, sobject in (("users", "User"), ("contacts", "Contact"), ("tasks", "Task")):
        assert result.ids(stream) == sorted(org.table(sobject))
    assert set(result.state["bookmarks"]) == set(EVERYTHING) - {"sync_batches"}


def test_archived_tasks_come_whether_deleted_rows_are_wanted_or_not(
    org: Sandbox, tmp_path: Path
) -> None:
    result = run_tap(org, tmp_path, catalog=selecting("tasks"), include_deleted=False)
    assert any(record["IsArchived"] for record in result.records("tasks"))


def test_a_deselected_field_is_not_even_asked_for(org: Sandbox, tmp_path: Path) -> None:
    catalog = selecting(RELATIONS, without={RELATIONS: ("Type", "CreatedDate", "Id")})
    result = run_tap(org, tmp_path, catalog=catalog)
    assert all({"Type", "CreatedDate"}.isdisjoint(record) for record in result.records())
    assert result.ids() == org.relation_ids()
    assert all("CreatedDate" not in query.soql for query in org.queries())


def test_stream_maps_work_record_by_record(org: Sandbox, tmp_path: Path) -> None:
    maps = {
        RELATIONS: {
            "Who": "RelationId",
            "RelationId": None,
            "__alias__": "people",
            "__filter__": "Type == 'Lead'",
        }
    }
    result = run_tap(org, tmp_path, stream_maps=maps)
    leads = {row["Id"]: row["RelationId"] for row in org.truth() if row["Type"] == "Lead"}
    assert {r["Id"]: r["Who"] for r in result.records("people")} == leads
    assert all("RelationId" not in record for record in result.records("people"))
    assert result.bookmark()["replication_key_value"] is not None


def test_a_stream_that_is_mapped_away_emits_nothing(org: Sandbox, tmp_path: Path) -> None:
    result = run_tap(org, tmp_path, stream_maps={RELATIONS: None})
    assert {message["type"] for message in result.messages} == {"STATE"}


def test_a_stream_map_that_takes_the_keys_away_is_in_the_schema(
    org: Sandbox, tmp_path: Path
) -> None:
    result = run_tap(org, tmp_path, stream_maps={"*": {"__key_properties__": []}})
    [schema] = [m for m in result.messages if m["type"] == "SCHEMA"]
    assert schema["key_properties"] == []
    assert result.ids() == org.relation_ids()


def test_the_dry_run_reads_a_record_of_each_stream_and_moves_no_state(
    org: Sandbox, tmp_path: Path
) -> None:
    result = run_tap(org, tmp_path, "--test", catalog=selecting(*EVERYTHING))
    assert result.code == 0
    for stream in ("users", "contacts", "tasks", RELATIONS):
        assert len(result.records(stream)) == 1
    assert [state for state in result.states if state] == []


def test_the_dry_run_refuses_a_state_that_a_run_would_refuse(org: Sandbox, tmp_path: Path) -> None:
    of_another_org = {"bookmarks": {RELATIONS: {"org_id": "00DZz0000000002MAA"}}}
    result = run_tap(org, tmp_path, "--test", state=of_another_org)
    assert result.code == 2
    assert "belongs to org 00DZz0000000002MAA" in result.log
    whole = run_tap(org, tmp_path).states[-1]
    assert run_tap(org, tmp_path, "--test", state=whole).code == 0


def test_schemas_alone_need_no_network(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text(
        json.dumps(
            {
                "auth_flow": "access_token",
                "access_token": "none",
                "instance_url": "http://127.0.0.1:1",
            }
        )
    )
    done = subprocess.run(
        [TAP, "--config", config, "--test=schema"], capture_output=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["stream"] for line in lines} == set(EVERYTHING)


def test_settings_come_from_the_environment(org: Sandbox, tmp_path: Path) -> None:
    given = org.settings() | {"page_size": 500, "limit": 700, "include_deleted": "false"}
    variables = {f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in given.items()}
    done = subprocess.run(
        [TAP, "--config=ENV"],
        env={**os.environ, **variables, "TAP_SALESFORCE_TASKWHO_START_DATE": ""},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b'"RECORD"') == 700
    assert {q.endpoint for q in org.queries()} == {"query"}


def test_a_catalog_that_says_full_table_is_read_whole_every_time(
    org: Sandbox, tmp_path: Path
) -> None:
    catalog = selecting(RELATIONS)
    for stream in catalog["streams"]:
        stream["replication_method"] = "FULL_TABLE"
    first = run_tap(org, tmp_path, catalog=catalog)
    assert run_tap(org, tmp_path, catalog=catalog, state=first.state).ids() == org.relation_ids()
