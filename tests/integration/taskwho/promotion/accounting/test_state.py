"""The state that a run began from: of this database, kept, and true to what the tables hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.database import bookmarks, result_tables
from taskwho.database.connection import connect
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import promote
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.database.bookmarks import State
    from taskwho.model.settings import PostLoadSettings

STREAM = "task_who_relations"
ID = "dev:tap-salesforce-taskwho-to-target-postgres"
FIX = (
    "Read everything once: `taskwho sync --mode full`, or `meltano run --full-refresh sync`. Until "
    "then each run fails."
)


def state(end: str, stream: str = STREAM) -> State:
    return {"bookmarks": {stream: {"replication_key_value": end}}}


def test_a_bookmark_that_this_database_never_reached_fails_the_run_and_promotes_what_landed(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    start = {"bookmark": "2024-05-31T00:00:00Z", "window_from": "2024-05-30T23:45:00Z"}
    run = {"mode": "incremental", "outcome": "complete", **start}
    result = promote(url, settings, run)
    assert (result.exit_code, result.status, result.counts.inserted) == (1, "failed", 1)
    assert result.error == (
        "The run of task_who_relations began from the bookmark 2024-05-31 00:00:00 UTC, and this "
        "database has not read everything before it. The state comes from elsewhere: from another "
        f"database, or from a state file. {FIX} What landed is promoted."
    )


def test_a_bookmark_beyond_what_this_database_read_fails_the_run(
    url: str, settings: PostLoadSettings
) -> None:
    assert promote(url, settings, {"outcome": "complete"}).exit_code == 0
    run = {
        "run_id": "run-2",
        "mode": "incremental",
        "bookmark": "2024-06-01T00:00:01Z",
        "window_from": "2024-05-31T23:45:01Z",
        "window_to": "2024-06-02T00:00:00Z",
        "outcome": "complete",
    }
    result = promote(url, settings, run)
    assert result.exit_code == 1
    assert "has read everything up to 2024-06-01 00:00:00 UTC only." in str(result.error)


def test_a_bookmark_that_an_earlier_run_or_one_of_the_same_promotion_reached_is_this_databases_own(
    url: str, settings: PostLoadSettings
) -> None:
    follows = {"mode": "incremental", "bookmark": "2024-06-01T00:00:00Z", "outcome": "complete"}
    result = promote(
        url,
        settings,
        {"outcome": "complete"},
        {"run_id": "run-2", "window_to": "2024-06-02T00:00:00Z", **follows},
    )
    assert (result.exit_code, result.error) == (0, None)
    again = promote(
        url, settings, {"run_id": "run-3", "window_to": "2024-06-03T00:00:00Z"} | follows
    )
    assert (again.exit_code, again.error) == (0, None)


@pytest.mark.parametrize("mode", ["recent", "custom", "full"])
def test_a_mode_that_does_not_read_from_the_bookmark_never_fails_for_it(
    url: str, settings: PostLoadSettings, mode: str
) -> None:
    run = {"mode": mode, "bookmark": "2024-05-31T00:00:00Z", "outcome": "complete"}
    assert promote(url, settings, run).exit_code == 0


@pytest.mark.parametrize("end", ["2024-05-31T23:59:59Z", None])
def test_a_complete_window_whose_bookmark_no_state_holds_fails_the_run(
    url: str, settings: PostLoadSettings, end: str | None
) -> None:
    with connect(url) as conn:
        if end:
            bookmarks.write_singer_state(conn, ID, state(end))
        bookmarks.read(conn, ID)
    result = promote(url, settings, {"outcome": "complete", "bookmark": end})
    assert (result.exit_code, result.status) == (1, "failed")
    assert result.error == (
        "The window of task_who_relations was read to its end, and its bookmark is not in the "
        "database. Meltano's log says why the state could not be written; Meltano itself ends with "
        "0. Check the database and run again: the next run reads the same window. What landed is "
        "promoted."
    )
    assert promote(url, settings, {"run_id": "2", "outcome": "failed"}).exit_code == 0


BEGAN, ENDED, OTHER = "2024-05-31T00:00:00Z", "2024-06-01T00:00:00Z", "2024-05-31T12:00:00Z"


@pytest.mark.parametrize(
    ("value", "open_to", "is_kept"),
    [
        (BEGAN, None, False),
        (BEGAN, ENDED, False),
        (ENDED, None, True),
        (BEGAN, OTHER, True),
        (OTHER, None, True),
        (None, OTHER, True),
    ],
    ids=["as before", "own window open", "own end", "its window open", "its end", "its first"],
)
def test_a_state_that_a_run_beside_it_wrote_last_is_no_reason_to_fail(
    url: str, settings: PostLoadSettings, value: str | None, open_to: str | None, *, is_kept: bool
) -> None:
    window = {"from": None, "to": open_to, "after_id": None}
    entry = {"replication_key_value": value, "window": window}
    with connect(url) as conn:
        bookmarks.write_singer_state(conn, ID, {"bookmarks": {STREAM: entry}})
        bookmarks.read(conn, ID)
        # of another environment: nobody has read it since
        bookmarks.write_singer_state(conn, f"{ID}:other", state(OTHER))
    result = promote(url, settings, {"outcome": "complete", "bookmark": BEGAN})
    assert result.exit_code == (0 if is_kept else 1)


def test_a_bookmark_in_any_state_and_a_run_without_ours_are_no_reason_to_fail(
    url: str, settings: PostLoadSettings
) -> None:
    assert promote(url, settings, {"outcome": "complete"}).exit_code == 0, "nobody read a state"
    with connect(url) as conn:
        bookmarks.read(conn, ID)
        bookmarks.write_singer_state(conn, f"{ID}:other", state("2024-06-01T00:00:00Z"))
    assert promote(url, settings, {"run_id": "2", "outcome": "complete"}).exit_code == 0


@pytest.mark.parametrize("loss", ["truncate {} cascade", "drop table {} cascade"])
@pytest.mark.parametrize(
    ("stream", "table"),
    [
        (STREAM, "sf_taskwhorelations"),
        ("users", "sf_users"),
        ("contacts", "sf_contacts"),
        ("tasks", "sf_activities"),
    ],
)
def test_a_table_that_lost_its_rows_loses_its_bookmark_and_the_report_says_why(
    database_url: str, settings: PostLoadSettings, stream: str, table: str, loss: str
) -> None:
    promoting.land_parents(database_url, [1, 2])
    seed.land(database_url, [relation(1)])
    post_load(database_url, settings)
    whole = {"bookmarks": {stream: {"replication_key_value": "2024"}, "other": {}}}
    with connect(database_url) as conn:
        bookmarks.write_singer_state(conn, ID, whole)
        assert result_tables.forget_lost(conn) == []
        query(database_url, loss.format(table))
        assert stream in result_tables.forget_lost(conn)
        kept = bookmarks.read(conn, ID)
        assert kept is not None
        assert kept.singer_state == {"bookmarks": {"other": {}}}
        assert result_tables.forget_lost(conn) == [], "it is noticed once"
    promoting.land_parents(database_url, [1, 2])
    seed.land(database_url, [relation(1)])
    warnings = [w for w in post_load(database_url, settings).warnings if f".{table} had" in w]
    assert len(warnings) == 1
    assert f"So the bookmark of {stream} was removed, and this run read everything." in warnings[0]
    assert not [w for w in post_load(database_url, settings).warnings if " had " in w]


def test_a_table_that_never_held_a_row_is_no_reason(url: str, settings: PostLoadSettings) -> None:
    post_load(url, settings)
    with connect(url) as conn:
        bookmarks.write_singer_state(conn, ID, state("2024-06-01T00:00:00Z"))
        assert result_tables.forget_lost(conn) == []
        assert bookmarks.read(conn, ID) is not None


def test_rows_that_a_table_had_before_count_from_the_first_promotion_on(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1), relation(2)])
    post_load(url, settings)
    query(url, "delete from taskwho.result_tables")
    seed.land(url, [relation(3)])
    post_load(url, settings)
    seed.land(url, [relation(4)])
    post_load(url, settings)
    found = query(
        url, "select stream, row_count from taskwho.result_tables where stream = %s", STREAM
    )
    assert found == [(STREAM, 4)]


def test_a_table_that_the_promotion_makes_anew_has_the_rows_that_came_into_it(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1), relation(2)])
    post_load(url, settings)
    query(url, "drop table sf_taskwhorelations")
    seed.land(url, [relation(3)])
    post_load(url, settings)
    found = query(url, "select row_count from taskwho.result_tables where stream = %s", STREAM)
    assert found == [(1,)]
