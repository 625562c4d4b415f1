"""A range of Ids: a shard of the relations, and of nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import EVERYTHING, RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 3_000


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


@pytest.mark.parametrize("threads", [1, 4])
def test_ranges_that_follow_on_each_other_read_every_row_once(
    org: Sandbox, tmp_path: Path, threads: int
) -> None:
    ids = org.relation_ids()
    bounds = [None, ids[1][:15], ids[400], ids[401], ids[2_500], "0RTzzzzzzzzzzzz", None]
    found = []
    for id_from, id_to in pairwise(bounds):
        shard: dict[str, Any] = {"id_from": id_from, "id_to": id_to, "concurrency": threads}
        read = run_tap(org, tmp_path, page_size=200, **shard).ids()
        assert all((id_from or "") <= found < (id_to or "~") for found in read)
        found += read
    assert found == ids


def test_the_count_and_every_query_stay_inside_the_range(org: Sandbox, tmp_path: Path) -> None:
    ids = org.relation_ids()
    org.requests.clear()
    catalog = selecting(RELATIONS, "sync_batches")
    read = run_tap(org, tmp_path, catalog=catalog, id_from=ids[100], id_to=ids[2_900])
    assert all("Id > '" in query.soql and "Id <= '" in query.soql for query in org.queries())
    assert {entry["counted"] for entry in read.journal} == {2_800}
    assert [entry["outcome"] for entry in read.journal if entry["outcome"]] == ["limit"]


def test_a_limit_counts_inside_the_range(org: Sandbox, tmp_path: Path) -> None:
    ids = org.relation_ids()
    assert run_tap(org, tmp_path, id_from=ids[7], limit=250).ids() == ids[7:257]


def test_the_other_streams_are_read_whole(org: Sandbox, tmp_path: Path) -> None:
    catalog = selecting(*EVERYTHING)
    cut: dict[str, Any] = {"id_from": "0RT000000000001", "id_to": "0RT000000000002"}
    read = run_tap(org, tmp_path, catalog=catalog, **cut)
    assert read.ids() == []
    assert read.ids("users") == run_tap(org, tmp_path, catalog=selecting("users")).ids("users")
    assert set(read.state["bookmarks"]) == {"users", "contacts", "tasks", "task_relation_deletes"}
