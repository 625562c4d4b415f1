"""`meltano run` of the two jobs: rows, bookmarks and the order of blocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import Project

if TYPE_CHECKING:
    from pathlib import Path

SYNC = "dev:tap-salesforce-taskwho-to-target-postgres"
PARENTS = "dev:tap-salesforce-taskwho-parents-to-target-postgres"
LOOKBACK = timedelta(seconds=900)


def bookmark(states: dict[str, Any], state_id: str) -> dict[str, Any]:
    found: dict[str, Any] = states[state_id]["singer_state"]["bookmarks"]["task_who_relations"]
    return found


def test_the_jobs_keep_the_table_equal_to_the_org(tmp_path: Path, database_url: str) -> None:
    project = Project(tmp_path, DATABASE_URL=database_url)
    with Sandbox(rows=300, orphans=0, leads=0, lost=0) as org:
        project.use(org)

        everything = project.meltano("run", "sync-all")
        assert everything.code == 0, everything.output
        assert [block["block_type"] for block in everything.blocks] == [
            "InvokerCommand",
            "ExtractLoadBlocks",
            "ExtractLoadBlocks",
            "InvokerCommand",
        ]
        asked = [query.soql.split(" FROM ")[1].split()[0] for query in org.queries() if query.soql]
        assert set(asked[: asked.index("TaskWhoRelation")]) == {"User", "Contact", "Task"}
        assert_equal_to_the_org(org, database_url)
        # the pages came in batch files, and every one was deleted with its directory
        assert list((tmp_path / ".taskwho" / "batches").iterdir()) == []
        before = project.states()
        assert before.keys() == {SYNC, PARENTS}

        org.insert(7)
        org.update(5)
        org.soft_delete(3)
        org.advance_clock(2)
        seen = len(org.queries())
        sync = project.meltano("run", "sync")
        assert sync.code == 0, sync.output
        assert [block["block_type"] for block in sync.blocks] == [
            "InvokerCommand",
            "ExtractLoadBlocks",
            "InvokerCommand",
        ]
        assert_equal_to_the_org(org, database_url)

        # both jobs share the relations' bookmark: the second asks for nothing older
        last = datetime.fromisoformat(bookmark(before, SYNC)["replication_key_value"])
        windows = [query.soql for query in org.queries()[seen:]]
        assert windows
        for soql in windows:
            assert soql is not None
            start = soql.split("SystemModstamp >= ")[1].split()[0]
            assert datetime.fromisoformat(start) >= last - LOOKBACK
        now = bookmark(project.states(), SYNC)["replication_key_value"]
        assert datetime.fromisoformat(now).astimezone(UTC) > last

    # Meltano would write a project_id, or its own layout, into a file that needs it
    assert (tmp_path / "meltano.yml").read_text() == (ROOT / "meltano.yml").read_text()


def test_environments_and_suffixes_keep_bookmarks_of_their_own(
    tmp_path: Path, database_url: str
) -> None:
    project = Project(tmp_path, DATABASE_URL=database_url)
    pair = ("tap-salesforce-taskwho", "target-postgres")
    with Sandbox(rows=50) as org:
        project.use(org)
        for words in (
            ("run", *pair),
            ("--environment=prod", "run", *pair),
            ("run", "--state-id-suffix=other", *pair),
        ):
            run = project.meltano(*words)
            assert run.code == 0, run.output
        # none of the three went on from another's bookmark
        pages = [query.soql for query in org.queries() if "ORDER BY Id LIMIT" in str(query.soql)]
        assert len(pages) == 3
        assert not any("SystemModstamp >=" in str(soql) for soql in pages)

        again = project.meltano("run", "--full-refresh", *pair)
        assert again.code == 0, again.output
        assert "SystemModstamp >=" not in str(org.queries()[-1].soql)

    states = project.states()
    assert states.keys() == {
        SYNC,
        "prod:tap-salesforce-taskwho-to-target-postgres",
        f"{SYNC}:other",
    }
    # Meltano merges states and cannot remove a key: the closed window keeps all three of its own
    assert bookmark(states, SYNC)["window"] == {"from": None, "to": None, "after_id": None}
