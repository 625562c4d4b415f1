"""A bookmark that moved without its rows: what was read went into another schema or database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.database import bookmarks
from taskwho.database.connection import connect

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import promote
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

STREAM, DELETES = "task_who_relations", "task_relation_deletes"
ID = "dev:tap-salesforce-taskwho-to-target-postgres"
READ, LATER = "2024-06-01T00:00:00Z", "2024-06-02T00:00:00Z"
COMPLETE = {"outcome": "complete", "window_to": READ}
SOUGHT = {"from": None, "to": None, "after_id": None}


def keep(
    url: str, bookmark: str, stream: str = STREAM, *, begins_run: bool = True, ours: bool = True
) -> None:
    """Keep a bookmark as a run does: it reads the state first, and writes it at the end."""
    entry = {"replication_key_value": bookmark} | ({"window": SOUGHT} if ours else {})
    with connect(url) as conn:
        bookmarks.read(conn, ID, begins_run=begins_run)
        bookmarks.write_singer_state(conn, ID, {"bookmarks": {stream: entry}})


@pytest.mark.parametrize("stream", [STREAM, "users", "contacts", "tasks"])
def test_a_bookmark_without_any_page_fails_every_run_and_says_what_to_set(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    for bookmark, second in ((READ, "2024-06-01 00:00:00"), (LATER, "2024-06-02 00:00:00")):
        keep(url, bookmark, stream)
        result = promote(url, settings)
        assert (result.exit_code, result.status) == (1, "failed")
        assert result.error == (
            f"The bookmark says that {stream} was read up to {second} UTC, and no page of that has "
            "arrived in the schema taskwho. The loader puts what it reads into another schema or "
            "another database, or the tap's stream sync_batches is not selected. Set the loader's "
            "default_target_schema to taskwho and its database to the one of DATABASE_URL, and "
            "select sync_batches. Then read everything once: `taskwho sync --mode full`, or "
            "`meltano run --full-refresh sync`. What landed here is promoted."
        )


@pytest.mark.parametrize("stream", [STREAM, "users", DELETES])
def test_a_bookmark_later_than_the_last_page_fails_until_everything_is_read_here(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    keep(url, READ, stream)
    first = promote(url, settings, COMPLETE | {"stream": stream})
    keep(url, LATER, stream)
    result = promote(url, settings)
    assert (first.exit_code, result.exit_code) == (0, 1)
    assert result.totals.fresh_until == first.totals.fresh_until
    assert f"{stream} was read up to 2024-06-02 00:00:00 UTC" in str(result.error)
    # set right, the next run goes on from that bookmark
    third = "2024-06-03T00:00:00Z"
    window = {"window_from": LATER, "window_to": third, "bookmark": LATER}
    keep(url, third, stream)
    follows = {"run_id": "2", "stream": stream, "mode": "incremental", **COMPLETE, **window}
    result = promote(url, settings, follows)
    assert result.exit_code == 1
    assert "no page of that has arrived" not in str(result.error), "one reason is enough"
    fourth = "2024-06-04T00:00:00Z"
    keep(url, fourth, stream)
    whole = {"run_id": "3", "stream": stream, **COMPLETE, "window_to": fourth}
    assert promote(url, settings, whole).exit_code == 0


def test_a_bookmark_that_the_pages_here_have_reached_is_no_reason(
    url: str, settings: PostLoadSettings
) -> None:
    for bookmark in (READ, "2024-05-31T23:59:59Z"):
        keep(url, bookmark)
        assert promote(url, settings, COMPLETE).exit_code == 0
        keep(url, bookmark)
        assert promote(url, settings).exit_code == 0


def test_a_state_that_no_run_has_begun_from_is_no_reason(
    url: str, settings: PostLoadSettings
) -> None:
    keep(url, LATER, begins_run=False)
    assert promote(url, settings).exit_code == 0


def test_a_stream_of_another_tap_that_has_the_same_name_is_no_reason(
    url: str, settings: PostLoadSettings
) -> None:
    keep(url, LATER, "users", ours=False)
    assert promote(url, settings).exit_code == 0


def test_the_list_of_deletes_before_its_first_page_is_no_reason(
    url: str, settings: PostLoadSettings
) -> None:
    keep(url, LATER, DELETES)
    assert promote(url, settings).exit_code == 0


@pytest.mark.parametrize("bookmark", ["2024", "no time", "2024-06-02T00:00:00", ""])
def test_a_bookmark_that_is_no_point_in_time_is_left_to_the_tap(
    url: str, settings: PostLoadSettings, bookmark: str
) -> None:
    keep(url, bookmark)
    assert promote(url, settings).exit_code == 0


@pytest.mark.parametrize("state", [[], {"bookmarks": []}, {"bookmarks": {STREAM: "window"}}])
def test_a_state_of_another_shape_is_left_to_the_tap(
    url: str, settings: PostLoadSettings, state: object
) -> None:
    with connect(url) as conn:
        bookmarks.read(conn, ID)
        bookmarks.write(conn, ID, completed={"singer_state": state})
    assert promote(url, settings).exit_code == 0


def test_a_pipeline_that_leaves_the_journal_out_may_go_on_without(
    url: str, settings: PostLoadSettings
) -> None:
    keep(url, READ)
    seed.land(url, [relation(1)])
    assert promote(url, settings).exit_code == 0
    keep(url, LATER)
    assert promote(url, settings).exit_code == 0, "nothing new has landed"
    assert query(url, "select count(*) from sf_taskwhorelations") == [(1,)]
