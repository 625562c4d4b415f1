"""Rows that the tap has read and that have not landed: they are missed, and read again."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from taskwho.database import bookmarks, shards
from taskwho.database.connection import connect

from tests.sandbox.org import ids
from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import land, promote
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.model.settings import PostLoadSettings

    from tests.support.seed import Row

STREAM, DELETES = "task_who_relations", "task_relation_deletes"
ID = "dev:tap-salesforce-taskwho-to-target-postgres"
READ = "2024-06-01T00:00:00Z"
ROWS: dict[str, Any] = {
    STREAM: relation,
    "users": promoting.user,
    "contacts": promoting.contact,
    "tasks": promoting.task,
}


def relation_id(number: int) -> str:
    return ids.make("TaskWhoRelation", number)


def page_of(numbers: Sequence[int], **changes: object) -> Row:
    """What the journal says of a page with these relations."""
    bounds = {"first_id": relation_id(min(numbers)), "last_id": relation_id(max(numbers))}
    return {"records": str(len(numbers)), **bounds, **changes}


def keep(url: str, stream: str) -> None:
    """Keep the bookmark of a run, as it does at its end."""
    entry = {"replication_key_value": READ, "window": {"from": None, "to": None, "after_id": None}}
    with connect(url) as conn:
        bookmarks.read(conn, ID)
        bookmarks.write_singer_state(conn, ID, {"bookmarks": {stream: entry}})


def kept(url: str) -> set[str]:
    """The streams that have a bookmark."""
    with connect(url) as conn:
        found = bookmarks.read(conn, ID)
    return set(found.singer_state["bookmarks"]) if found else set()


def test_rows_that_somebody_removed_from_landing_fail_the_run_and_are_read_again(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, map(relation, (4, 5, 6)))
    keep(url, STREAM)
    pages = (page_of((1, 2, 3)), page_of((4, 5, 6), outcome="complete"))
    result = promote(url, settings, *pages)
    assert (result.exit_code, result.status, result.counts.inserted) == (1, "failed", 3)
    assert result.error == (
        "The tap read 6 rows of task_who_relations, and 3 of them have not arrived in "
        "taskwho.task_who_relations. Somebody emptied that table before the promotion, or a "
        "stream map leaves rows out: an `__alias__` of the tap, or a `__filter__` or `__alias__` "
        "of the loader. Leave the tables that rows land in to the loader and taskwho. Put a "
        "`__filter__` into the tap's stream_maps: it is counted. Then run again: the next run "
        "reads everything, and shards have to be planned again. A run from a state file needs "
        "`taskwho sync --mode full` once. What landed is promoted, and the bookmark of "
        "task_who_relations was removed."
    )
    assert result.totals.fresh_until is None
    assert kept(url) == set()
    seed.land(url, map(relation, range(1, 7)))
    keep(url, STREAM)
    whole = page_of(range(1, 7), run_id="run-2", outcome="complete")
    again = promote(url, settings, whole)
    assert (again.exit_code, again.counts.inserted) == (0, 3)
    assert again.totals.fresh_until is not None


@pytest.mark.parametrize("stream", [*ROWS, DELETES])
def test_a_landing_table_that_is_empty_is_told_of_every_stream(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    keep(url, stream)
    row = page_of((1, 2)) if stream in ROWS else {"records": "2"}
    result = promote(url, settings, row | {"stream": stream, "outcome": "complete"})
    assert result.exit_code == 1
    assert f"The tap read 2 rows of {stream}, and 2 of them have not arrived" in str(result.error)
    assert kept(url) == set()


@pytest.mark.parametrize("stream", ROWS)
def test_a_page_whose_rows_have_landed_is_no_reason(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    rows = [ROWS[stream](1), ROWS[stream](2)]
    land(url, stream, rows)
    keep(url, stream)
    first, last = sorted(row["Id"] for row in rows)
    page = {"records": "2", "first_id": first, "last_id": last, "outcome": "complete"}
    assert promote(url, settings, page | {"stream": stream}).exit_code == 0
    assert kept(url) == {stream}


def test_a_loader_that_keeps_one_row_for_an_id_is_no_reason(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, map(relation, (1, 2, 3)))
    first = page_of((1, 2, 3), outcome="complete")
    later = page_of((2, 3), run_id="run-2", window_to="2024-06-02T00:00:00Z", outcome="complete")
    assert promote(url, settings, first, later).exit_code == 0


@pytest.mark.parametrize(("after", "code"), [(-3, 0), (0, 0), (3, 1)])
def test_a_promotion_that_ended_meanwhile_may_have_taken_the_rows(
    url: str, settings: PostLoadSettings, after: int, code: int
) -> None:
    seed.land(url, map(relation, (1, 2)))
    ended = promote(url, settings).finished_at
    fetched = (ended + timedelta(seconds=after)).isoformat()
    page = page_of((1, 2), fetched_at=fetched, outcome="complete")
    assert promote(url, settings, page).exit_code == code


def test_a_later_run_from_the_end_of_such_a_window_fails_too(
    url: str, settings: PostLoadSettings
) -> None:
    assert promote(url, settings, page_of((1, 2), outcome="complete")).exit_code == 1
    end = "2024-06-02T00:00:00Z"
    window = {"window_from": READ, "window_to": end, "bookmark": READ, "mode": "incremental"}
    result = promote(url, settings, window | {"run_id": "run-2", "outcome": "complete"})
    assert result.exit_code == 1
    assert "has not read everything before it" in str(result.error)


def test_a_plan_of_shards_goes_with_the_rows_that_its_cursors_stand_for(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [])
    with connect(url) as conn:
        shards.plan(conn, ID, None, [{"shard": 1, "id_from": None, "id_to": None, "counted": 2}])
        shards.begin(conn, ID, 1, "run-1")
    result = promote(url, settings, page_of((1, 2), outcome="limit"))
    assert result.exit_code == 1
    with connect(url) as conn:
        assert shards.read(conn, ID) == []


@pytest.mark.parametrize("seed_of_chance", range(12))
def test_what_is_missing_is_counted_page_by_page(
    url: str, settings: PostLoadSettings, seed_of_chance: int
) -> None:
    chance = random.Random(seed_of_chance)  # noqa: S311 - the same seed makes the same rows
    numbers = range(1, 60)
    pages, missing, told = [], 0, 0
    landed = {number for number in numbers if chance.random() < 0.6}
    for run in ("run-1", "run-2"):
        read = sorted(n for n in numbers if chance.random() < 0.7)
        cuts = [0, *sorted(chance.sample(range(1, len(read)), 4)), len(read)]
        for start, end in itertools.pairwise(cuts):
            of_page = read[start:end]
            arrived = sum(of_page[0] <= number <= of_page[-1] for number in landed)
            missing += max(0, len(of_page) - arrived)
            told += len(of_page)
            pages.append(page_of(of_page, run_id=run))
    chance.shuffle(pages)
    seed.land(url, map(relation, landed))
    result = promote(url, settings, *pages)
    assert missing, "rows are missing in every example"
    said = f"The tap read {told} rows of {STREAM}, and {missing} of them have not arrived"
    assert said in str(result.error)
    assert query(url, "select count(*) from sf_taskwhorelations") == [(len(landed),)]
