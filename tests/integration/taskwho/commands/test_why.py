"""`taskwho why`, with what Salesforce has answered, and `--live`, which asks it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.commands.story import Story

from tests.sandbox import Sandbox
from tests.sandbox.org import ids
from tests.support import seed
from tests.support.meltano_project import Project, Run
from tests.support.postgresql import query
from tests.support.reporting.explaining import GONE, promote, set_ends
from tests.support.seed import relation
from tests.support.sync_command import taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

ID = relation(1)["Id"]
SINCE = (
    "It waits in quarantine since 2024-06-01 00:00:00; its reasons last changed at "
    "2024-06-02 00:00:00: missing_task, missing_contact."
)


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=40, orphans=0, lost=0, deleted=0) as org:
        yield org


@pytest.fixture
def project(tmp_path: Path, url: str, org: Sandbox) -> Project:
    project = Project(tmp_path, DATABASE_URL=url)
    project.use(org)
    return project


def set_times(url: str) -> None:
    query(
        url,
        "update taskwho.failed_relations set first_failed_at = '2024-06-01T00:00:00Z',"
        " last_failed_at = '2024-06-02T00:00:00Z'",
    )
    query(url, "update taskwho.missing_answers set asked_at = date_trunc('day', now())")


def test_a_relation_names_what_became_of_each_parent(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    set_ends(url)
    loser, winner, *_ = org.known("Contact")
    org.merge_contacts([loser], winner)
    promote(url, settings, org, relation(1, TaskId=GONE, RelationId=loser))
    set_times(url)
    [(day,)] = query(url, "select to_char(now(), 'YYYY-MM-DD')")
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("set time zone 'UTC'")
        found = Story(conn, settings, ID).lines()
        of_task = Story(conn, settings, GONE).lines()
    hidden = [
        (
            f"{GONE} is hidden from the integration user, or gone for good "
            f"(asked at {day} 00:00:00)."
        ),
        (
            f"Next: Open `{GONE}` in Salesforce as an administrator. If it is there, give the "
            "integration user access to the tasks; if it is not, its relations never go in."
        ),
    ]
    assert found[2:] == [
        f"{loser} is merged into {winner} (asked at {day} 00:00:00).",
        (
            "Next: Run `taskwho sync --mode full`: their relations refer to the contact that "
            "remains."
        ),
        *hidden,
    ]
    assert of_task == ["1 relation waits in quarantine for it.", *hidden]


def test_live_asks_about_the_record_and_the_parents_that_it_misses(
    project: Project, url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    orphan, contact = org.truth()[0], org.known("Contact")[0]
    row = relation(1, Id=orphan["Id"], TaskId=GONE, RelationId=contact)
    promote(url, settings, None, row)
    set_times(url)
    before = len(org.queries())
    run = taskwho(project, "why", orphan["Id"][:15], "--live")
    assert run.code == 0, run.output
    assert run.output.splitlines()[:3] == [
        f"{orphan['Id']}:",
        (
            f"Salesforce shows it now, as of {orphan['SystemModstamp']}: task {orphan['TaskId']}, "
            f"person {orphan['RelationId']}."
        ),
        SINCE,
    ]
    assert f"{GONE} is hidden from the integration user, or gone for good (asked at " in run.output
    assert f"{contact} is in Salesforce (asked at " in run.output
    assert len(org.queries()) - before == 3
    assert query(url, "select count(*) from taskwho.missing_answers") == [(2,)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("", "Salesforce shows it now."),
        ("bin", "Salesforce shows it now: in the recycle bin."),
        ("merge", "Salesforce shows it now: in the recycle bin, merged into {winner}."),
    ],
)
def test_live_shows_a_parent_that_nothing_waits_for(
    project: Project, url: str, org: Sandbox, change: str, said: str
) -> None:
    shown, winner, *_ = org.known("Contact")
    if change == "bin":
        org.delete_contacts(shown)
    elif change:
        org.merge_contacts([shown], winner)
    assert taskwho(project, "why", shown, "--live") == Run(
        0, f"{shown}:\n{said.format(winner=winner)}\n"
    )
    assert query(url, "select count(*) from taskwho.missing_answers") == [(0,)]


def test_live_says_what_salesforce_does_not_show(project: Project) -> None:
    nobody = ids.make("User", 8_000)
    assert taskwho(project, "why", nobody, "--live") == Run(
        0,
        f"{nobody}:\nSalesforce does not show it now: it is hidden from the integration user, or "
        "gone for good.\n",
    )


def test_live_without_a_login_is_exit_2(tmp_path: Path, url: str) -> None:
    run = taskwho(Project(tmp_path, DATABASE_URL=url), "why", seed.task(1), "--live")
    assert run.code == 2
    assert "client_id and client_secret" in run.output
