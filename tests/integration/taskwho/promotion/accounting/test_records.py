"""The report's lists, and what a crash between commit and report leaves to be made good."""

from __future__ import annotations

import csv
import gzip
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from taskwho.database import runs
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    return PostLoadSettings(reports_dir=tmp_path, max_records=10)


def promote(url: str, settings: PostLoadSettings) -> RunResult:
    return post_load(url, settings, with_report=True)


def lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_a_record_tells_what_became_of_it(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(2, TaskId=seed.task(9), CreatedById=None)])
    result = promote(url, settings)
    [went_in] = result.successful_records
    assert (went_in.success, went_in.action, went_in.error) == (True, "inserted", None)
    assert (went_in.salesforce_id, went_in.task_id, went_in.relation_id) == (
        relation(1)["Id"],
        seed.task(1),
        seed.contact(1),
    )
    [failed] = result.failed_records
    assert (failed.success, failed.action) == (False, "quarantined")
    assert failed.error == (
        f"missing_task: {seed.task(9)} is not in sf_activities; "
        "null_value: CreatedById must not be null"
    )


def test_a_record_is_told_with_all_its_fields_and_its_context(
    url: str, settings: PostLoadSettings
) -> None:
    good, bad = relation(1), relation(2, TaskId=seed.task(9))
    seed.land(url, [good, bad])
    result = promote(url, settings)
    assert (result.successful_records[0].record, result.successful_records[0].context) == (
        good,
        None,
    )
    [failed] = result.failed_records
    context = failed.context or {}
    assert (failed.record, context["reasons"], context["attempts"]) == (bad, ["missing_task"], 1)
    since = str(context["waiting_since"])
    seed.land(url, [])
    [standing] = promote(url, settings).standing_records
    assert str((standing.context or {})["waiting_since"]) == since


def test_failed_records_stand_in_a_file_for_spreadsheets_too(
    url: str, settings: PostLoadSettings
) -> None:
    bad = [relation(n, TaskId=seed.task(9)) for n in range(1, 13)]
    formulas = ["=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1", "a\u202eb\x1b", 'a, "b"\nc', "", None]
    for row, text in zip(bad, formulas, strict=False):
        row["Type"] = text
    seed.land(url, bad)
    result = promote(url, settings)
    path = settings.reports_dir / str(result.record_files.failed_csv)
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(newline="", encoding="utf-8") as file:
        found = {row["salesforce_id"]: row for row in csv.DictReader(file)}
    assert sorted(found) == [row["Id"] for row in bad]
    assert [found[row["Id"]]["Type"] for row in bad[:10]] == [
        *("'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'\uff1d1"),
        *("a{U+202E}b{U+001B}", 'a, "b"\nc', "", ""),
    ]
    assert found[bad[0]["Id"]]["TaskId"] == seed.task(9)
    assert found[bad[0]["Id"]]["reasons"] == "missing_task"
    packed = settings.reports_dir / str(result.record_files.failed)
    assert b"\\u202e" in gzip.decompress(packed.read_bytes())
    records = [line["record"] for line in lines(packed)]
    assert sorted(records, key=lambda record: str(record["Id"])) == bad


def test_few_records_stand_inline_and_in_no_file(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(n) for n in range(1, 11)])
    result = promote(url, settings)
    assert len(result.successful_records) == 10
    assert result.record_files.successful is None
    assert not list(settings.reports_dir.glob("*.gz"))
    assert not list(settings.reports_dir.glob(".*.part"))


def test_many_records_stand_whole_in_files_beside_the_report(
    url: str, settings: PostLoadSettings
) -> None:
    good = [relation(n, Type='a "quoted" \\ type') for n in range(1, 31)]
    bad = [relation(n, TaskId=seed.task(9)) for n in range(31, 53)]
    seed.land(url, good + bad)
    result = promote(url, settings)
    assert (len(result.successful_records), len(result.failed_records)) == (10, 10)
    assert result.record_files.successful is not None
    assert result.record_files.failed is not None
    successes = lines(settings.reports_dir / result.record_files.successful)
    failures = lines(settings.reports_dir / result.record_files.failed)
    assert {record["salesforce_id"] for record in successes} == {row["Id"] for row in good}
    assert {record["salesforce_id"] for record in failures} == {row["Id"] for row in bad}
    assert all(seed.task(9) in record["error"] for record in failures)


def test_odd_ids_of_the_users_parents_make_no_broken_lines(
    url: str, settings: PostLoadSettings
) -> None:
    odd = 'a"b\\c'
    query(url, "update sf_activities set salesforce_id = %s", odd)
    seed.land(url, [relation(n, TaskId=odd) for n in range(1, 12)])
    result = promote(url, settings)
    assert result.successful_records[0].task_id == odd
    assert result.record_files.successful is not None
    records = lines(settings.reports_dir / result.record_files.successful)
    assert {record["task_id"] for record in records} == {odd}


def test_a_standing_quarantine_is_listed_apart(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, TaskId=seed.task(9))])
    promote(url, settings)
    seed.land(url, [relation(2, TaskId=seed.task(8))])
    result = promote(url, settings)
    assert [record.salesforce_id for record in result.failed_records] == [relation(2)["Id"]]
    assert [record.salesforce_id for record in result.standing_records] == [relation(1)["Id"]]
    assert result.missing["tasks"].ids == sorted([seed.task(8), seed.task(9)])
    assert (result.errors, result.standing_errors) == (
        {"foreign_key": 1, "missing_task": 1},
        {"missing_task": 2},
    )


def test_a_deleted_row_that_waits_is_counted_as_set_aside_beside_one_that_fails_again(
    url: str, settings: PostLoadSettings
) -> None:
    gone = relation(1, IsDeleted="true", TaskId=seed.task(9))
    seed.land(url, [gone, relation(2, TaskId=seed.task(9)), relation(3, TaskId=seed.task(9))])
    promote(url, settings)
    counts = promote(url, settings).counts
    assert (counts.retried, counts.failed_again, counts.set_aside_again) == (3, 2, 1)
    assert counts.set_aside == 0  # nothing landed
    assert counts.quarantined_now == 2


def test_a_parent_that_came_is_not_told_missing_though_another_one_is(
    url: str, settings: PostLoadSettings
) -> None:
    orphan = relation(1, TaskId=seed.task(9), RelationId=seed.contact(9))
    seed.land(url, [orphan])
    promote(url, settings)
    seed.add_contact(url, 9)
    result = promote(url, settings)
    assert {kind: known.ids for kind, known in result.missing.items()} == {"tasks": [seed.task(9)]}
    assert result.standing_errors == {"missing_task": 1}
    assert (result.counts.failed_again, result.accounting.closes) == (1, True)
    [waiting] = seed.quarantine(url).values()
    assert (waiting["reasons"], waiting["missing_contact_id"]) == (["missing_task"], None)


def test_reports_left_pending_are_published_in_their_order_with_their_files(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(n) for n in range(1, 31)])
    killed = post_load(url, settings)  # ends before it could publish
    hidden = list(settings.reports_dir.glob(".*.part"))
    assert len(hidden) == 1
    promote(url, settings)
    assert not list(settings.reports_dir.glob(".*.part"))
    assert killed.record_files.successful is not None
    assert len(lines(settings.reports_dir / killed.record_files.successful)) == 30
    published = query(url, "select report_status, report_path from taskwho.runs order by run_id")
    assert [status for status, _ in published] == ["published", "published"]
    assert all(path.endswith(".md") for _, path in published)


def test_files_that_were_renamed_before_the_crash_are_no_hindrance(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(n) for n in range(1, 31)])
    killed = post_load(url, settings)
    [hidden] = settings.reports_dir.glob(".*.part")
    hidden.rename(settings.reports_dir / str(killed.record_files.successful))
    promote(url, settings)
    with psycopg.connect(url) as conn:
        assert runs.pending(conn) == []


def test_a_run_reads_again_as_it_was(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(n) for n in range(1, 4)])
    result = post_load(url, replace(settings, max_records=2))
    with psycopg.connect(url) as conn:
        [read] = runs.pending(conn)
    assert read.to_dict() == result.to_dict()


def test_what_a_killed_promotion_left_is_removed_a_day_later(
    url: str, settings: PostLoadSettings
) -> None:
    old, new = (settings.reports_dir / f".{name}_failed.jsonl.gz.part" for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    promote(url, settings)
    assert not old.exists()
    assert new.exists()
