"""Relations that move to a task that is not there yet, and are deleted before it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.histories.changes import apply
from tests.histories.replay import Replay
from tests.histories.steps import Change, History
from tests.histories.tally import Tally
from tests.sandbox import Sandbox
from tests.support import seed

if TYPE_CHECKING:
    from pathlib import Path

MOVED = 7


def test_their_keys_follow_when_the_task_comes(tmp_path: Path, database_url: str) -> None:
    with Sandbox(rows=450) as org:
        replay = Replay(History(1, 450, None, 0, 60, ()), org, database_url, tmp_path, Tally())
        replay.run_without_faults("incremental")
        before = seed.stored(database_url)
        apply(Change("repoint_and_delete", MOVED), org)
        replay.finish()
    after = seed.stored(database_url)
    moved = [key for key, row in before.items() if row["task_id"] != after[key]["task_id"]]
    assert 0 < len(moved) <= MOVED
    assert all(after[key]["is_deleted"] for key in moved)
