"""The state is kept as the loader passes it on, and a bookmark that was not written is an error."""

from __future__ import annotations

import json

import psycopg
import pytest
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline import bookmark_keeper
from taskwho.pipeline.bookmark_keeper import BookmarkKeeper

NAME, STREAM = "dev:relations", "task_who_relations"
END = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho state'
"""


@pytest.fixture
def url(database_url: str) -> str:
    with connect(database_url) as connection:
        migrate(connection)
    return database_url


def given(url: str) -> object:
    with BookmarkKeeper(url, NAME, [STREAM]) as keeper:
        return keeper.given()


def state(cursor: str) -> str:
    return json.dumps({"bookmarks": {STREAM: {"after_id": cursor}}})


def test_the_last_state_is_what_the_next_run_starts_from(url: str) -> None:
    assert given(url) == {}
    with BookmarkKeeper(url, NAME, [STREAM]) as keeper:
        keeper.take(state("a"))
        keeper.take(state("b"))
        keeper.finish()
    assert given(url) == json.loads(state("b"))


@pytest.mark.parametrize("line", ["", "{}", "null", '{"bookmarks": {"task', "no JSON"])
def test_a_line_that_is_no_state_changes_nothing(url: str, line: str) -> None:
    with BookmarkKeeper(url, NAME, [STREAM]) as keeper:
        keeper.take(state("a"))
        keeper.take(line)
        keeper.finish()
    assert given(url) == json.loads(state("a"))


def test_a_lost_connection_is_made_again(url: str) -> None:
    with BookmarkKeeper(url, NAME, [STREAM]) as keeper:
        keeper.take(state("a"))
        with psycopg.connect(url) as connection:
            connection.execute(END)
        keeper.take(state("b"))
        keeper.finish()
    assert given(url) == json.loads(state("b"))


def test_a_bookmark_that_cannot_be_written_is_an_error(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bookmark_keeper, "_SECONDS_BETWEEN_TRIES", 0)
    with psycopg.connect(url) as connection:
        connection.execute("alter table taskwho.bookmarks rename to elsewhere")
    with BookmarkKeeper(url, NAME, [STREAM]) as keeper:
        keeper.take(state("a"))
        with pytest.raises(TaskwhoError) as raised:
            keeper.finish()
    assert raised.value.exit_code == 1
    assert raised.value.message.startswith(
        "The bookmark dev:relations could not be written to taskwho.bookmarks: relation "
        '"taskwho.bookmarks" does not exist'
    )
    assert raised.value.message.endswith(
        ". Fix the cause and run again. What was loaded is kept. The next run reads the same rows "
        "again, which changes nothing."
    )
