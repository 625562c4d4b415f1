"""Each step that a report advises about missing parents brings in what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.sandbox import Sandbox
from tests.support.reporting.explaining import set_ends
from tests.support.sync_command import filled_project, latest_twin, taskwho

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.meltano_project import Project


def follow(project: Project, group: dict[str, Any]) -> int:
    """Run the command of a step; how many waiting relations went in by it."""
    [command] = re.findall(r"`taskwho (sync[^`]*)`", group["do"])
    run = taskwho(project, *command.split())
    assert run.code == 0, run.output
    return int(latest_twin(project)["counts"]["healed"])


def test_every_step_that_is_followed_brings_in_what_it_says(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=60, orphans=0, missing_persons=0, missing_users=0, lost=0, deleted=0) as org:
        relations = [row for row in org.truth() if row["Type"] == "Contact"]
        leaver = relations[0]["CreatedById"]
        # a relation that misses two parents goes in with the second
        taken = {value for row in relations if leaver in row.values() for value in row.values()}
        others = [row for row in relations if not {row["RelationId"], row["TaskId"]} & taken]
        loser, binned = dict.fromkeys(row["RelationId"] for row in others[:2])
        of_both = {row["TaskId"] for row in relations if row["RelationId"] in {loser, binned}}
        old = next(row["TaskId"] for row in others if row["TaskId"] not in of_both)
        org.withhold([leaver, loser, binned, old])
        org.deactivate_users([leaver])
        org.archive_tasks(old)
        project = filled_project(tmp_path, org, database_url)
        set_ends(database_url)
        assert taskwho(project, "sync", "--no-explain").code == 0
        org.merge_contacts([loser], next(i for i in org.known("Contact") if i != binned))
        org.delete_contacts(binned)
        again = taskwho(project, "sync")
        assert again.code == 0, again.output
        groups = {group["cause"]: group for group in latest_twin(project)["explanation"]["groups"]}
        assert groups.keys() == {"inactive", "archived", "merged", "recycle_bin"}, groups
        # merged contacts first: those of the bin come with a read of all contacts, which are both
        for cause in ("merged", "inactive", "archived", "recycle_bin"):
            assert follow(project, groups[cause]) == groups[cause]["brings_in"] > 0, cause
        assert latest_twin(project)["counts"]["quarantined_now"] == 0
