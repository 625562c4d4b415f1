"""A state from elsewhere: what was read from it counts as read at no later time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from taskwho.database import bookmarks, result_tables, runs
from taskwho.database.connection import connect
from taskwho.model.settings import PostLoadSettings
from taskwho.org.verify.scope import scope_of

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import promote
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path


STREAM = "task_who_relations"


def day(number: int, bookmark: str | None = None, **changes: object) -> dict[str, object]:
    """A run's page whose window ends at the end of a day of June, from a bookmark or none."""
    end = f"2024-06-{number + 1:02}T00:00:00Z"
    own = {"run_id": f"run-{number}", "mode": "incremental", "outcome": "complete"}
    start = bookmark and f"2024-06-{number:02}T00:00:00Z"
    return {**own, "bookmark": bookmark, "window_from": start, "window_to": end, **changes}


def began_at(number: int) -> str:
    return f"2024-06-{number:02}T00:00:00Z"


@pytest.mark.parametrize("stream", [STREAM, "users", "contacts", "tasks", "task_relation_deletes"])
@pytest.mark.parametrize("own", [[], [day(1)]], ids=["nothing read", "read up to a day"])
@pytest.mark.parametrize(
    "cure", [{"mode": "full"}, {"mode": "incremental"}], ids=["full", "without state"]
)
def test_a_run_that_goes_on_from_a_foreign_one_fails_too_until_a_run_has_read_everything(
    url: str,
    settings: PostLoadSettings,
    stream: str,
    own: list[dict[str, object]],
    cure: dict[str, object],
) -> None:
    of_stream = {"stream": stream}
    for page_of_own in own:
        assert promote(url, settings, page_of_own | of_stream).exit_code == 0
    read_until = promote(url, settings).totals.fresh_until
    for number in (5, 6, 7):
        result = promote(url, settings, day(number, began_at(number)) | of_stream)
        assert (result.exit_code, result.status) == (1, "failed"), f"day {number}"
        assert "Read everything once: `taskwho sync --mode full`" in str(result.error)
        assert result.totals.fresh_until == read_until, "nothing is fresher by it"
    # what one promotion takes of two runs follows on each other all the same
    both = (day(8, began_at(8)) | of_stream, day(9, began_at(9)) | of_stream)
    assert promote(url, settings, *both).exit_code == 1
    assert promote(url, settings, day(10) | of_stream | cure).exit_code == 0
    assert promote(url, settings, day(11, began_at(11)) | of_stream).exit_code == 0


def test_windows_that_land_in_another_order_follow_on_each_other(
    url: str, settings: PostLoadSettings
) -> None:
    pages = [day(number, began_at(number)) for number in (4, 3, 2)]
    result = promote(url, settings, *pages, day(1))
    assert (result.exit_code, result.warnings) == (0, [])
    assert result.totals.fresh_until == began_at(5)


def part(run: int, after: str | None, last: str, outcome: str | None = None) -> dict[str, object]:
    """A page of the window from the beginning to June 5, after an Id, up to another one."""
    own: dict[str, object] = {"run_id": f"run-{run}", "mode": "incremental"}
    place = {"after_id": after, "first_id": last, "last_id": last, "outcome": outcome}
    return own | place | {"window_to": began_at(5), "resumed": str(run > 1).lower()}


FIRST, SECOND, THIRD = (ids.make("TaskWhoRelation", number) for number in (1, 2, 3))


@pytest.mark.parametrize("apart", [True, False], ids=["each promoted", "promoted at once"])
@pytest.mark.parametrize("foreign", [None, began_at(3)], ids=["no bookmark", "a foreign bookmark"])
def test_a_window_from_the_beginning_that_runs_went_on_with_is_whole(
    url: str, settings: PostLoadSettings, foreign: str | None, *, apart: bool
) -> None:
    pages = [
        part(1, None, FIRST),
        part(1, FIRST, SECOND, "failed"),
        part(2, FIRST, SECOND),  # a kill has left the state a page behind
        part(2, SECOND, THIRD, "complete"),
    ]
    pages = [one | {"bookmark": foreign} for one in pages]
    if apart:
        promote(url, settings, *pages[:2])
        pages = pages[2:]
    result = promote(url, settings, *pages)
    assert (result.exit_code, result.totals.fresh_until) == (0, began_at(5))
    assert promote(url, settings, day(5, began_at(5))).exit_code == 0


def test_a_window_that_another_database_has_the_first_rows_of_fails_until_everything_is_read(
    url: str, settings: PostLoadSettings
) -> None:
    result = promote(url, settings, part(2, FIRST, SECOND))
    assert result.exit_code == 1
    assert result.error == (
        f"The run of task_who_relations went on after {FIRST} in a window whose first rows are not "
        "in this database. The state comes from elsewhere: from another database, or from a state "
        "file. Read everything once: `taskwho sync --mode full`, or `meltano run --full-refresh "
        "sync`. Until then each run fails. What landed is promoted."
    )
    result = promote(url, settings, part(3, SECOND, THIRD, "complete"))
    assert (result.exit_code, result.totals.fresh_until) == (1, None)
    assert promote(url, settings, day(5, began_at(5))).exit_code == 1
    assert promote(url, settings, day(6)).exit_code == 0
    assert promote(url, settings, day(7, began_at(7))).exit_code == 0


def test_two_runs_of_such_a_window_fail_in_one_promotion_too(
    url: str, settings: PostLoadSettings
) -> None:
    pages = [part(2, FIRST, SECOND, "failed"), part(3, SECOND, THIRD, "complete")]
    result = promote(url, settings, *pages)
    assert (result.exit_code, result.totals.fresh_until) == (1, None)


def test_history_that_is_removed_leaves_the_page_after_which_the_next_run_goes_on(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, part(1, None, FIRST), part(1, FIRST, SECOND), part(1, SECOND, SECOND))
    failed = {"last_id": None, "outcome": "failed"}
    promote(url, settings, part(1, SECOND, SECOND, "failed") | failed)
    query(url, "update taskwho.runs set finished_at = now() - interval '90 days'")
    with connect(url) as conn:
        runs.forget(conn, 30)
    assert promote(url, settings, part(2, SECOND, THIRD, "complete")).exit_code == 0


def test_an_unfinished_foreign_window_stays_foreign_when_a_later_run_ends_it(
    url: str, settings: PostLoadSettings
) -> None:
    begun = day(5, began_at(5), outcome="limit")
    assert promote(url, settings, begun).exit_code == 1
    ended = day(5, began_at(5), run_id="run-6", resumed="true")
    result = promote(url, settings, ended)
    assert (result.exit_code, result.totals.fresh_until) == (1, None)


def test_the_end_of_a_foreign_window_is_no_floor_of_a_comparison(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, day(5, began_at(5)))
    with connect(url) as conn:
        scope = scope_of(conn, {"replication_key_value": began_at(6)}, None)
    assert scope.floor is None, "everything is compared: nothing before the bookmark was read"


@pytest.mark.parametrize("loss", ["truncate {}", "drop table {}"])
@pytest.mark.parametrize("looks", [True, False], ids=["prepare looks", "nobody looks before"])
def test_a_run_from_a_bookmark_fails_where_the_table_has_lost_its_rows_since(
    url: str, settings: PostLoadSettings, loss: str, *, looks: bool
) -> None:
    seed.land(url, [relation(1)])
    assert promote(url, settings, day(1)).exit_code == 0
    query(url, loss.format("sf_taskwhorelations"))
    if looks:
        with connect(url) as conn:
            assert result_tables.forget_lost(conn) == [STREAM]
    for number in (2, 3):
        seed.land(url, [relation(number)])
        result = promote(url, settings, day(number, began_at(number)))
        assert (result.exit_code, result.totals.fresh_until) == (1, None)
        told = [warning for warning in result.warnings if "had 1 rows after" in warning]
        assert len(told) == (1 if number == 2 else 0), "it is told once"
        assert all("and the next run reads everything." in warning for warning in told)
    assert promote(url, settings, day(4)).exit_code == 0


def test_a_run_that_reads_everything_makes_a_loss_good_that_its_own_promotion_finds(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    promote(url, settings, day(1))
    query(url, "truncate sf_taskwhorelations")
    seed.land(url, [relation(1)])
    result = promote(url, settings, day(2))
    assert (result.exit_code, result.totals.fresh_until) == (0, began_at(3))
    assert "and this run read everything." in result.warnings[0]
    assert promote(url, settings, day(3, began_at(3))).exit_code == 0


def test_an_open_window_is_not_gone_on_with_where_the_table_has_lost_its_first_rows(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    promote(url, settings, part(1, None, FIRST, "failed"))
    query(url, "truncate sf_taskwhorelations")
    assert promote(url, settings, part(2, FIRST, SECOND, "complete")).exit_code == 1


def test_a_loss_that_a_promotion_finds_removes_the_bookmark_so_that_the_next_run_reads_everything(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    promote(url, settings, day(1))
    query(url, "truncate sf_taskwhorelations")
    with connect(url) as conn:
        entry = {STREAM: {"replication_key_value": began_at(3)}}
        bookmarks.write_singer_state(conn, "dev:a-to-b", {"bookmarks": entry})
        bookmarks.read(conn, "dev:a-to-b")
    result = promote(url, settings, day(2, began_at(2)))
    assert result.error == (
        "The run of task_who_relations began from the bookmark 2024-06-02 00:00:00 UTC, and the "
        "table has lost its rows since then. It was emptied, dropped or renamed, or another one is "
        "set: a warning names it. Run again: the next run reads everything. A run from a state "
        "file needs `taskwho sync --mode full` once. What landed is promoted."
    )
    with connect(url) as conn:
        kept = bookmarks.read(conn, "dev:a-to-b")
        assert kept is None or STREAM not in kept.singer_state.get("bookmarks", {})


@pytest.mark.parametrize(
    "others",
    [{"schema": "other"}, {"relations_table": "sf_others"}],
    ids=["another schema", "another name"],
)
def test_another_table_is_filled_from_the_beginning_and_so_is_the_first_one_again(
    url: str, tmp_path: Path, settings: PostLoadSettings, others: dict[str, Any]
) -> None:
    query(url, "create schema other")
    for table in ("sf_users", "sf_contacts", "sf_activities"):
        query(url, f"create table other.{table} (like public.{table} including all)")
        query(url, f"insert into other.{table} table public.{table}")
    elsewhere = PostLoadSettings(reports_dir=tmp_path, **others)
    number = 1
    for into in (settings, elsewhere, settings):
        seed.land(url, [relation(1)])
        assert promote(url, into, day(number)).exit_code == 0, "it reads everything"
        assert promote(url, into, day(number + 1, began_at(number + 1))).exit_code == 0
        number += 2
    with connect(url) as conn:
        entry = {STREAM: {"replication_key_value": began_at(number)}}
        bookmarks.write_singer_state(conn, "dev:a-to-b", {"bookmarks": entry})
    for into in (elsewhere, settings):
        result = promote(url, into, day(number, began_at(number)))
        assert (result.exit_code, result.totals.fresh_until) == (1, None)
        assert f"The rows of {STREAM} go into" in result.warnings[0]
        assert "and the next run reads everything." in result.warnings[0]
        number += 1
    with connect(url) as conn:
        kept = bookmarks.read(conn, "dev:a-to-b")
        assert kept is None or STREAM not in kept.singer_state.get("bookmarks", {})
