"""Live rows of the result are kept from run to run, and counted anew by a full one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import LATER, land, make_ready, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.counts import Totals
    from taskwho.model.settings import PostLoadSettings


def promote(url: str, settings: PostLoadSettings, *rows: seed.Row) -> Totals:
    seed.land(url, rows)
    return post_load(url, settings).totals


def test_what_each_run_changes_is_added_up(url: str, settings: PostLoadSettings) -> None:
    gone = {"IsDeleted": "true", "SystemModstamp": LATER}
    first = promote(url, settings, relation(1), relation(2), relation(3, IsDeleted="true"))
    assert (first.in_table, first.waiting) == (2, 0)
    deleted = promote(url, settings, relation(1, **gone))
    assert deleted.in_table == 1
    back = promote(url, settings, relation(3, SystemModstamp=LATER), relation(2, Type="User"))
    assert back.in_table == 2
    waiting = [relation(4, TaskId=seed.task(9)), relation(5, TaskId=seed.task(9), **gone)]
    assert promote(url, settings, *waiting).waiting == 1
    assert promote(url, settings).in_table == 2
    seed.check_counts(url)


def test_a_full_run_counts_what_others_changed(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1), relation(2))
    query(url, "delete from sf_taskwhorelations where salesforce_id = %s", relation(1)["Id"])
    before = promote(url, settings)
    assert before.in_table == 2  # as the last promotion left it
    land(url, "sync_batches", [page(1, outcome="complete")])
    query(url, "insert into taskwho.waiting_counts values ('task_who_relations', false, '{}', 7)")
    after = promote(url, settings)
    assert (after.in_table, after.waiting) == (1, 0)
    assert str(after.counted_at) > str(before.counted_at)
    assert after.fresh_until == "2024-06-01T00:00:00Z"


def test_the_end_of_the_last_window_is_told_by_the_clock_of_the_machine_too(
    url: str, settings: PostLoadSettings
) -> None:
    # the org's clock is an hour ahead, and the window ended a minute before it
    opened = {"fetched_at": "2024-06-01T00:01:00Z", "org_time": "2024-06-01T01:01:00Z"}
    windows = [
        page(1, outcome="complete", window_to="2024-06-01T01:00:00Z", **opened),
        page(2, outcome="complete", window_to="2024-05-31T00:00:00Z", **opened),
        page(3, outcome="failed", window_to="2024-06-02T00:00:00Z", **opened),
    ]
    land(url, "sync_batches", windows)
    found = post_load(url, settings).totals
    assert found.fresh_until == "2024-06-01T01:00:00Z"
    assert found.fresh_until_here == "2024-06-01T00:00:00Z"
    # a tap that does not tell the org's time
    land(url, "sync_batches", [page(4, outcome="complete", window_to="2024-06-03T00:00:00Z")])
    found = post_load(url, settings).totals
    assert (found.fresh_until, found.fresh_until_here) == ("2024-06-03T00:00:00Z", None)


def test_a_table_that_is_gone_holds_nothing(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1), relation(2))
    query(url, "drop table sf_taskwhorelations")
    gone = promote(url, settings)
    assert (gone.in_table, gone.counted_at, gone.percent) == (0, None, None)
    assert promote(url, settings, relation(1)).in_table == 1


def test_a_table_that_was_emptied_is_counted_anew(url: str, settings: PostLoadSettings) -> None:
    rows = [relation(1), relation(2)]
    promote(url, settings, *rows)
    query(url, "truncate sf_taskwhorelations")
    assert make_ready(url) == ["task_who_relations"]
    assert promote(url, settings, *rows).in_table == 2


def test_a_table_that_knows_no_deletes_is_counted_whole(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "drop table sf_taskwhorelations")
    query(url, "create table sf_taskwhorelations (salesforce_id text unique)")
    query(url, "insert into sf_taskwhorelations values ('0RT000000000001AAA')")
    assert promote(url, settings).in_table == 1


START = "2024-05-01T00:00:00Z"
FIRST = {"mode": "incremental", "window_from": START, "window_to": "2024-06-01T00:00:00Z"}
CUSTOM = {"mode": "custom", "window_from": "2020-01-01T00:00:00Z"}
# the window of a later run, and what `read_from` is after it
LATER_WINDOWS: dict[str, tuple[seed.Row, str | None]] = {
    "from the bookmark": ({"mode": "incremental", "window_from": "2024-05-31T23:45:00Z"}, START),
    "everything": ({"window_from": None}, None),
    "everything, cut": ({"window_from": None, "outcome": "limit"}, START),
    "up to the first one": (CUSTOM | {"window_to": START}, "2020-01-01T00:00:00Z"),
    "across the first one": (CUSTOM | {"window_to": FIRST["window_to"]}, "2020-01-01T00:00:00Z"),
    "with a gap before it": (CUSTOM | {"window_to": "2024-04-30T00:00:00Z"}, START),
    "of another stream": ({"stream": "tasks", "window_from": None}, START),
}


@pytest.mark.parametrize(("window", "expected"), LATER_WINDOWS.values(), ids=LATER_WINDOWS)
def test_where_the_first_window_began_is_told_until_what_lies_before_it_is_read(
    url: str, settings: PostLoadSettings, window: seed.Row, expected: str | None
) -> None:
    land(url, "sync_batches", [page(1, outcome="complete") | FIRST])
    assert post_load(url, settings).totals.read_from == START
    ends = {"run_id": "run-2", "window_to": "2024-06-02T00:00:00Z", "outcome": "complete"}
    land(url, "sync_batches", [page(1) | ends | window])
    assert post_load(url, settings).totals.read_from == expected
    assert post_load(url, settings).totals.read_from == expected


def test_a_table_that_was_read_from_the_beginning_stays_so(
    url: str, settings: PostLoadSettings
) -> None:
    land(url, "sync_batches", [page(1, outcome="complete")])
    assert post_load(url, settings).totals.read_from is None
    land(url, "sync_batches", [page(1, outcome="complete", run_id="run-2") | FIRST])
    assert post_load(url, settings).totals.read_from is None
