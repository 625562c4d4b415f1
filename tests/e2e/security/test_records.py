"""Hostile values of the org, through tap and loader into tables, report and terminal."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import psycopg

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.reporting.headings import HEADINGS
from tests.support.sync_command import filled_project, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u2028\u2029]")
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m"
SQL = [
    "'; drop table sf_taskwhorelations; --",
    '"; drop schema taskwho cascade; --',
    "$taskwho$; select 1; $taskwho$",
    "%s %(x)s {} {0} {judged}",
    "\\'; \\n \\copy \\.",
]
MARKUP = [
    "<script>alert(1)</script>",
    "](javascript:alert(1)) ![x](//evil.example/x)",
    "a | b | c\n|---|---|",
    "`code` ``` ~~~",
    "{{ 7 * 191 }}{% include '/etc/passwd' %}{# x #}",
    "=cmd|'/C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
]
UNSTORABLE = [
    "line\n# Forged heading\n## Summary",
    ESCAPES,
    "nul \x00 in it",
    "lone \ud800 surrogate",
    "\u202e\u2028\u2029\ufeff",
    "x" * 50_000,
    7,
    True,
    "",
]


def test_hostile_values_stay_data(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=300, orphans=0, missing_persons=0, missing_users=0, lost=0) as org:
        project = filled_project(tmp_path, org, database_url)
        live = iter(r["Id"] for r in org.truth() if not r["IsDeleted"] and r["Type"] == "Contact")
        waiting = {next(live): value for value in (*SQL, *MARKUP, *UNSTORABLE) if value is not None}
        for record_id, value in waiting.items():
            org.update([record_id], TaskId=value)
        for value in (*SQL, *MARKUP):
            org.update([next(live)], Type=value)
        org.advance_clock(60)
        run = taskwho(project, "sync", "--max-records", "9")
        assert run.code == 0, run.output
        assert_equal_to_the_org(org, database_url)
    assert not CONTROL.search(run.output)
    assert kept(database_url) == set(waiting)
    assert_reports_are_whole(tmp_path / "reports", set(waiting))
    assert latest_twin(project)["counts"]["failed"] == len(waiting)
    story = taskwho(project, "why", next(i for i, v in waiting.items() if v == ESCAPES))
    assert "invalid" in story.output
    assert not CONTROL.search(story.output)


def kept(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select salesforce_id from taskwho.failed_relations")
        return {salesforce_id for (salesforce_id,) in rows}


def assert_reports_are_whole(folder: Path, failed: set[str]) -> None:
    text = (folder / "latest.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == HEADINGS
    assert text.count("\n# ") + text.startswith("# ") == 1
    assert not CONTROL.search(text)
    assert "1337" not in text
    outside = re.sub(r"```json\n.*?\n```", "", text, flags=re.DOTALL)
    assert "<script" not in re.sub(r"`[^`]*`", "", outside)
    [packed] = folder.glob("*_failed.jsonl.gz")
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        assert {json.loads(line)["salesforce_id"] for line in lines} == failed
