"""The org's clock and this machine's differ by an hour: the pair, the promotion and the report."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.histories import comparison
from tests.histories.replay import Replay
from tests.histories.steps import History
from tests.histories.tally import Tally
from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS

if TYPE_CHECKING:
    from pathlib import Path

LAG = 60


@pytest.mark.parametrize("offset", [-3_600, 3_600])
def test_a_clock_an_hour_off_changes_neither_rows_nor_windows_nor_durations(
    tmp_path: Path, database_url: str, offset: int
) -> None:
    with Sandbox(rows=500, clock_offset_seconds=offset) as org:
        history = History(1, 500, None, offset, LAG, ())
        replay = Replay(history, org, database_url, tmp_path, Tally())
        replay.run_without_faults("incremental")
        org.advance_clock(1_200)
        changed = {*org.update(10), *org.soft_delete(5), *org.commit_late(5, 600)}
        org.advance_clock(120)
        replay.run_without_faults("incremental")
        comparison.compare(org, database_url, swept=False, gone=())
        now = org.now
    first, second = map(read, sorted((tmp_path / "reports").glob("taskwho*.json")))
    assert second["counts"]["retrieved"] == len(changed)
    for twin in (first, second):
        began, ended = (
            datetime.fromisoformat(twin[f"{name}_at"]) for name in ("started", "finished")
        )
        assert timedelta(0) <= ended - began < timedelta(minutes=30)
        assert twin["warnings"] == []
    [window] = windows_of_relations(second)
    behind = now - datetime.fromisoformat(window["to"])
    assert timedelta(seconds=LAG) <= behind < timedelta(minutes=30)
    before = datetime.fromisoformat(windows_of_relations(first)[0]["to"])
    assert datetime.fromisoformat(window["from"]) == before - timedelta(seconds=900)


def read(twin: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(twin.read_text("utf-8"))
    return document


def windows_of_relations(twin: dict[str, Any]) -> list[dict[str, Any]]:
    return [window for window in twin["windows"] if window["stream"] == RELATIONS]
