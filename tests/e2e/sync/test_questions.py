"""`taskwho report`, `why` and `doctor` after a real sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from tests.sandbox import Sandbox
from tests.support.comparing.truth import Truth
from tests.support.meltano_project import Project
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path


def test_a_synced_database_answers_questions(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=300, orphans=0.1) as org:
        project = filled_project(tmp_path, org, database_url)
        assert taskwho(project, "sync").code == 0
        with psycopg.connect(database_url) as connection:
            truth = Truth(org, connection)

        stored = next(iter(truth.rows))
        answer = taskwho(project, "why", stored[:15])
        assert answer.code == 0, answer.output
        assert "In the table public.sf_taskwhorelations" in answer.output

        failed, missing = next(iter(truth.failed.items()))
        answer = taskwho(project, "why", failed)
        assert answer.code == 0, answer.output
        assert all(parent in answer.output for parent in missing)
        assert " is in Salesforce" in answer.output
        assert "Next: " in answer.output
        answer = taskwho(project, "why", next(iter(missing)))
        assert " in quarantine for it" in answer.output

        answer = taskwho(project, "why", stored[:10] + "zzzzz")
        assert answer.code in (0, 1), answer.output
        assert "Traceback" not in answer.output

        healthy = taskwho(project, "doctor")
        assert healthy.code == 0, healthy.output
        assert "relations wait in quarantine" in healthy.output
        assert "FAIL" not in healthy.output
        assert last_line(healthy) == "Ready: `taskwho sync` finds what it needs."
        assert "ok   The org is 00D" in healthy.output
        assert ", the user 005" in healthy.output
        assert "API calls in 24 hours" in healthy.output
        assert "The bookmark of task_who_relations in dev:tap-salesforce-taskwho" in healthy.output
        assert "Salesforce counts" in healthy.output
        assert " are set aside." in healthy.output

    report = tmp_path / "reports" / f"{latest_twin(project)['report_name']}.md"
    before = report.read_text()
    for file in (tmp_path / "reports").iterdir():
        if file.suffix in (".md", ".json"):
            file.unlink()
    again = taskwho(project, "report")
    assert again.code == 0, again.output
    assert report.read_text() == before
    assert not (tmp_path / "reports" / "latest.md").exists()
    assert taskwho(project, "report", str(latest_twin(project)["run_id"])).code == 0
    nothing = taskwho(project, "report", "999")
    assert nothing.code == 1
    assert last_line(nothing) == (
        "Error: This database holds no run 999 with a report. Give a number of the column run_id "
        "of the table taskwho.runs."
    )


def test_doctor_names_what_is_broken_and_its_fix(tmp_path: Path, database_url: str) -> None:
    project = Project(tmp_path, DATABASE_URL=database_url)
    with Sandbox(rows=20) as org:
        project.use(org)
        sick = taskwho(project, "doctor", TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="wr0ng-secret")
    assert sick.code == 2, sick.output
    assert 'FAIL The table "public"."sf_users" does not exist.' in sick.output
    assert "Set client_secret" in sick.output
    assert last_line(sick) == (
        "Not ready: a run would fail, see FAIL above (4). Begin with the first one."
    )
    assert "Traceback" not in sick.output
    assert "wr0ng-secret" not in sick.output
