"""Relations that Salesforce removed for good: they stay live until `meltano run` reads deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.sync_command import filled_project, latest_twin

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.meltano_project import Project

SYNC = "dev:tap-salesforce-taskwho-to-target-postgres"
DELETES = "task_relation_deletes"


def remove(org: Sandbox, chosen: list[str]) -> None:
    org.hard_delete(chosen)
    org.advance_clock(300)


def live(url: str, chosen: list[str]) -> set[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select salesforce_id from sf_taskwhorelations "
            "where not is_deleted and salesforce_id = any(%s)",
            [chosen],
        ).fetchall()
    return {row[0] for row in found}


def of_env_example(variable: str) -> str:
    """The line of .env.example that sets a variable, uncommented."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    [found] = [line for line in lines if line.startswith(f"# {variable}=")]
    return found.removeprefix("# ") + "\n"


def sync(project: Project) -> None:
    done = project.meltano("run", "sync")
    assert done.code == 0, done.output


def test_a_removed_relation_stays_live_until_the_list_of_deletes_is_selected(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=80, orphans=0, leads=0, lost=0, deleted=0) as org:
        project = filled_project(tmp_path, org, database_url)
        chosen = [row["Id"] for row in org.truth()][:4]
        sync(project)
        assert live(database_url, chosen) == set(chosen)

        remove(org, chosen[:2])
        sync(project)
        assert live(database_url, chosen) == set(chosen)
        assert not any(request.endpoint == "deleted" for request in org.requests)

        (tmp_path / ".env").write_text(of_env_example("TAP_SALESFORCE_TASKWHO__SELECT"))
        sync(project)
        assert live(database_url, chosen) == set(chosen[2:])
        assert latest_twin(project)["counts"]["removed"] == 2

        before = project.states()[SYNC]["singer_state"]["bookmarks"]
        remove(org, chosen[2:3])
        asked = len(org.requests)
        sync(project)
        assert live(database_url, chosen) == {chosen[3]}
        [call] = [request for request in org.requests[asked:] if request.endpoint == "deleted"]
        start = before[DELETES]["replication_key_value"][:16]
        assert call.arguments["start"].startswith(start)
        assert org.violations() == []
