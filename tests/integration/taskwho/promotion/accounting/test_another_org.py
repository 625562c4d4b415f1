"""A run that read another org than the database holds: no row of it goes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from psycopg import sql
from taskwho.database import bookmarks
from taskwho.database.connection import connect

from tests.sandbox.org import ids
from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import promote
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

STREAM = "task_who_relations"
OWN, OTHER = "00DZz0000000001MAA", "00DZz0000000002MAA"
OWN_ID, OTHER_ID = "dev:a-to-b", "prod:a-to-b"


def day(number: int, org: str | None, **changes: object) -> dict[str, object]:
    """A run that has read everything up to a day of June, from an org."""
    end = f"2024-06-{number:02}T00:00:00Z"
    run = {"run_id": f"run-{number}", "window_to": end, "outcome": "complete", "org_id": org}
    return run | changes


def keep(url: str, state_id: str, org: str, streams: tuple[str, ...] = (STREAM,)) -> None:
    """Keep a state as a run of that org does."""
    entry = {"replication_key_value": "2024-06-01T00:00:00Z", "window": {}, "org_id": org}
    with connect(url) as conn:
        bookmarks.read(conn, state_id)
        bookmarks.write_singer_state(conn, state_id, {"bookmarks": dict.fromkeys(streams, entry)})


def kept(url: str, state_id: str) -> dict[str, Any]:
    """The bookmarks of a state, by stream."""
    with connect(url) as conn:
        found = bookmarks.read(conn, state_id, begins_run=False)
    listed: dict[str, Any] = found.singer_state.get("bookmarks", {}) if found else {}
    return listed


def landed(url: str, stream: str = STREAM) -> int:
    """How many rows of a stream have landed and are not promoted yet."""
    table = sql.Identifier("taskwho", stream)
    [(rows,)] = query(url, sql.SQL("select count(*) from {}").format(table))
    return int(rows)


def relations(url: str) -> list[Any]:
    """The table, with the rows that wait and those that have landed."""
    return [
        query(url, "select * from sf_taskwhorelations order by salesforce_id"),
        query(url, "select stream, salesforce_id from taskwho.quarantine order by 1, 2"),
        landed(url),
    ]


def test_rows_of_another_org_change_no_table_and_the_message_says_what_to_do(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1), relation(2)])
    keep(url, OWN_ID, OWN)
    first = promote(url, settings, day(1, OWN))
    before = relations(url)
    for number in (2, 3):
        seed.land(url, [relation(2), relation(3), relation(4, TaskId="00T0000000000000AA")])
        keep(url, OTHER_ID, OTHER)
        result = promote(url, settings, day(number, OTHER))
        assert (result.exit_code, result.status) == (2, "failed")
        assert result.error == (
            f"{STREAM} was read from org {OTHER}, and this database holds the rows of org {OWN}. A "
            f"database holds one org. Rows of two would look alike. Log in to org {OWN}, or load "
            f"org {OTHER} into another database. If this one is to hold {OTHER} from now on, empty "
            "public.sf_taskwhorelations and drop the schema taskwho: the next run makes it again, "
            f"and reads everything. No row of {OTHER} has gone in. What landed was discarded, and "
            "its bookmark was removed."
        )
        assert result.totals.fresh_until == first.totals.fresh_until
        assert relations(url) == before
        assert (STREAM in kept(url, OTHER_ID), STREAM in kept(url, OWN_ID)) == (False, True)
    follows = {"mode": "incremental", "bookmark": "2024-06-01T00:00:00Z"}
    own = day(4, OWN, window_from="2024-06-01T00:00:00Z", **follows)
    assert promote(url, settings, own).exit_code == 0, "its own org goes on as if nothing was"


def test_of_two_orgs_that_landed_before_one_promotion_neither_goes_in_and_both_are_read_again(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    keep(url, OWN_ID, OWN)
    keep(url, OTHER_ID, OTHER)
    result = promote(url, settings, day(1, OWN), day(2, OTHER))
    assert result.exit_code == 2
    assert landed(url) == 0
    assert (kept(url, OWN_ID), kept(url, OTHER_ID)) == ({}, {})
    seed.land(url, [relation(1)])
    assert promote(url, settings, day(3, OTHER)).exit_code == 0, "nothing of the other is here"


def test_a_run_that_goes_on_after_its_first_pages_were_discarded_is_not_whole(
    url: str, settings: PostLoadSettings
) -> None:
    first, second = (ids.make("TaskWhoRelation", number) for number in (1, 2))
    begun = day(1, OWN, first_id=first, last_id=first, outcome=None)
    promote(url, settings, day(9, OTHER), begun)
    seed.land(url, [relation(2)])
    result = promote(url, settings, day(1, OWN, after_id=first, first_id=second, last_id=second))
    assert (result.exit_code, result.totals.fresh_until) == (1, None)
    assert f"went on after {first} in a window whose first rows are not" in str(result.error)
    seed.land(url, [relation(1), relation(2)])
    assert promote(url, settings, day(2, OWN)).exit_code == 0


@pytest.mark.parametrize("stream", ["users", "contacts", "tasks"])
def test_parents_of_another_org_stay_out_too(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    assert promote(url, settings, day(1, OWN, stream=stream)).exit_code == 0
    promoting.land_parents(url, [7])
    result = promote(url, settings, day(2, OTHER, stream=stream))
    assert result.exit_code == 2
    assert f"{stream} was read from org {OTHER}" in str(result.error)
    assert landed(url, stream) == 0


def test_the_list_of_deletes_of_another_org_is_discarded_with_its_relations(
    url: str, settings: PostLoadSettings
) -> None:
    deletes = "task_relation_deletes"
    promote(url, settings, day(1, OWN), day(1, OWN, stream=deletes))
    keep(url, OWN_ID, OWN, (STREAM, deletes))
    keep(url, OTHER_ID, OTHER, (STREAM, deletes))
    result = promote(url, settings, day(2, OTHER), day(2, OTHER, stream=deletes))
    assert result.exit_code == 2
    assert (set(kept(url, OWN_ID)), kept(url, OTHER_ID)) == ({STREAM, deletes}, {})


@pytest.mark.parametrize(
    ("first", "second"),
    [(OWN, OWN[:15]), (OWN[:15], OWN), (None, OWN), (OWN, None), (None, None)],
    ids=["15 characters now", "18 characters now", "known now", "not known now", "never known"],
)
def test_an_org_that_is_the_same_or_not_known_is_no_reason(
    url: str, settings: PostLoadSettings, first: str | None, second: str | None
) -> None:
    assert promote(url, settings, day(1, first)).exit_code == 0
    seed.land(url, [relation(1)])
    result = promote(url, settings, day(2, second))
    assert (result.exit_code, result.counts.inserted) == (0, 1)


def test_a_database_holds_the_org_that_it_read_whole_last(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, day(1, OWN))
    query(url, "update taskwho.batches set org_id = %s", OTHER)
    assert promote(url, settings, day(2, OTHER)).exit_code == 0
    assert promote(url, settings, day(3, OWN)).exit_code == 2


def test_a_run_begins_with_the_org_of_each_stream_that_its_state_says_nothing_of(
    url: str, settings: PostLoadSettings
) -> None:
    def begins(*streams: str) -> dict[str, Any]:
        with connect(url) as conn:
            return bookmarks.starting_state(conn, OWN_ID, streams)

    assert begins(STREAM, "users") == {}
    promote(url, settings, day(1, OWN), day(1, OWN, stream="users"))
    assert begins(STREAM) == {"bookmarks": {STREAM: {"org_id": OWN}}}
    keep(url, OWN_ID, OWN)
    kept_of, found = kept(url, OWN_ID)[STREAM], begins(STREAM, "users")["bookmarks"]
    assert found == {STREAM: kept_of, "users": {"org_id": OWN}}
    query(url, "alter table taskwho.batches drop column is_void cascade")
    assert begins(STREAM, "users") == {"bookmarks": {STREAM: kept_of}}, "an older schema"


def test_an_emptied_table_may_take_another_org(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1)])
    promote(url, settings, day(1, OWN))
    query(url, "truncate sf_taskwhorelations")
    seed.land(url, [relation(2)])
    result = promote(url, settings, day(2, OTHER))
    assert (result.exit_code, result.counts.inserted) == (0, 1)
