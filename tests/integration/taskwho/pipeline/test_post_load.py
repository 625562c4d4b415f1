"""What becomes of landed rows: every reason, every race with time, on the seed's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

LATER = "2024-05-01T08:00:01.000Z"
EARLIER = "2024-05-01T07:59:59.000Z"


def promote(url: str, settings: PostLoadSettings, *rows: seed.Row) -> RunResult:
    seed.land(url, rows)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


def test_a_valid_row_goes_in(url: str, settings: PostLoadSettings) -> None:
    result = promote(url, settings, relation(1))
    [row] = seed.stored(url).values()
    assert (row["task_id"], row["relation_id"], row["type"]) == (
        seed.task(1),
        seed.contact(1),
        "Contact",
    )
    assert row["sf_system_modstamp"].isoformat() == "2024-05-01T08:00:00"
    assert row["created_at"] is not None
    assert (result.counts.retrieved, result.counts.inserted) == (1, 1)


def test_the_inbox_is_empty_afterwards(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1))
    result = promote(url, settings)
    assert result.counts.retrieved == 0
    assert len(seed.stored(url)) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"TaskId": seed.task(9)}, "missing_task"),
        ({"RelationId": seed.contact(9)}, "missing_contact"),
        ({"CreatedById": ids.make("User", 9)}, "missing_user"),
        ({"LastModifiedById": ids.make("User", 9)}, "missing_user"),
        ({"IsDeleted": None}, "null_value"),
        ({"SystemModstamp": None}, "null_value"),
        ({"IsDeleted": "maybe"}, "invalid_value"),
        ({"CreatedDate": "yesterday"}, "invalid_value"),
        ({"CreatedDate": "infinity"}, "invalid_value"),
        ({"CreatedDate": "now"}, "invalid_value"),
        ({"CreatedDate": "2024-02-30T00:00:00.000Z"}, "invalid_value"),
        ({"SystemModstamp": "2999-01-01T00:00:00.000Z"}, "invalid_value"),
        ({"Type": "x" * 51}, "invalid_value"),
        ({"TaskId": "'; drop table sf_users; --"}, "invalid_value"),
    ],
)
def test_a_row_that_cannot_go_in_waits_with_its_reason(
    url: str, settings: PostLoadSettings, changes: seed.Row, reason: str
) -> None:
    result = promote(url, settings, relation(1, **changes), relation(2))
    assert set(seed.stored(url)) == {relation(2)["Id"]}
    assert reason in seed.quarantine(url)[relation(1)["Id"]]["reasons"]
    assert (result.counts.failed, result.counts.successful) == (1, 1)
    assert result.errors[reason] == 1


def test_a_row_without_an_id_waits_under_a_key_made_for_it(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1, Id=None))
    [row] = seed.quarantine(url).values()
    assert "null_value" in row["reasons"] or "invalid_value" in row["reasons"]
    assert row["record"]["TaskId"] == seed.task(1)


def test_a_row_without_an_id_waits_once_however_often_it_lands(
    url: str, settings: PostLoadSettings
) -> None:
    nobody = relation(1, Id=None)
    promote(url, settings, nobody)
    [key] = seed.quarantine(url)
    with psycopg.connect(url) as connection:
        # what a stock loader adds to every row
        connection.execute(
            "alter table taskwho.task_who_relations "
            "add _sdc_batched_at timestamptz default clock_timestamp()"
        )
    result = promote(url, settings, nobody, nobody, nobody | {"IsDeleted": "true"})
    assert len(seed.quarantine(url).keys() - {key}) == 1
    assert (result.counts.retrieved, result.counts.failed) == (2, 2)


def test_a_row_heals_when_its_parents_arrive(url: str, settings: PostLoadSettings) -> None:
    orphan = relation(1, TaskId=seed.task(2), RelationId=seed.contact(2))
    promote(url, settings, orphan)
    seed.add_task(url, 2)
    half = promote(url, settings)
    seed.add_contact(url, 2)
    whole = promote(url, settings)
    assert (half.counts.healed, whole.counts.healed, whole.counts.inserted) == (0, 1, 1)
    assert seed.quarantine(url) == {}
    assert set(seed.stored(url)) == {orphan["Id"]}


def test_a_lead_is_set_aside_and_never_retried(url: str, settings: PostLoadSettings) -> None:
    lead = relation(1, Type="Lead", RelationId=ids.make("Lead", 1))
    result = promote(url, settings, lead)
    assert (result.counts.set_aside, result.counts.failed) == (1, 0)
    assert seed.quarantine(url) == seed.stored(url) == {}


def test_an_older_row_changes_nothing(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1))
    result = promote(url, settings, relation(1, SystemModstamp=EARLIER, IsDeleted="true"))
    assert result.counts.unchanged == 1
    assert seed.stored(url)[relation(1)["Id"]]["is_deleted"] is False


def test_a_newer_row_replaces_an_older_one(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1))
    seed.add_contact(url, 2)
    result = promote(url, settings, relation(1, SystemModstamp=LATER, RelationId=seed.contact(2)))
    assert result.counts.updated == 1
    assert seed.stored(url)[relation(1)["Id"]]["relation_id"] == seed.contact(2)


def test_another_version_of_the_same_second_replaces_the_one_before(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    result = promote(url, settings, relation(1, IsDeleted="true"))
    assert result.counts.deleted == 1
    assert seed.stored(url)[relation(1)["Id"]]["is_deleted"] is True


def test_the_same_row_again_is_not_written(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1))
    before = seed.stored(url)
    result = promote(url, settings, relation(1))
    assert result.counts.unchanged == 1
    assert seed.stored(url) == before


def test_of_two_versions_in_one_landing_the_newer_wins_and_then_the_later(
    url: str, settings: PostLoadSettings
) -> None:
    result = promote(
        url,
        settings,
        relation(1, SystemModstamp=LATER, Type="first"),
        relation(1, SystemModstamp=LATER, Type="second"),
        relation(1, SystemModstamp=EARLIER, Type="third"),
    )
    assert result.counts.retrieved == 1
    assert seed.stored(url)[relation(1)["Id"]]["type"] == "second"


def test_a_stored_row_is_deleted_even_when_its_task_is_gone_from_the_org(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    gone = relation(1, IsDeleted="true", SystemModstamp=LATER, TaskId=seed.task(9))
    result = promote(url, settings, gone)
    row = seed.stored(url)[relation(1)["Id"]]
    assert (row["is_deleted"], row["task_id"]) == (True, seed.task(1))
    assert (result.counts.deleted, result.counts.quarantined_now) == (1, 0)


def test_a_stored_row_that_was_deleted_takes_its_new_keys_when_their_parents_come(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    keys = {"TaskId": seed.task(2), "RelationId": seed.contact(2)}
    gone = relation(1, IsDeleted="true", SystemModstamp=LATER, **keys)
    promote(url, settings, gone)
    seed.add_task(url, 2)
    again = [promote(url, settings, *rows) for rows in ((), (gone,), ())]  # one parent is there
    assert [run.counts.updated + run.counts.failed for run in again] == [0, 0, 0]
    assert seed.stored(url)[relation(1)["Id"]]["task_id"] == seed.task(1)
    seed.add_contact(url, 2)
    result = promote(url, settings)
    row = seed.stored(url)[relation(1)["Id"]]
    assert (row["is_deleted"], row["task_id"], row["relation_id"]) == (True, *keys.values())
    assert (result.counts.updated, result.counts.healed) == (1, 1)
    assert seed.quarantine(url) == {}


def test_a_deleted_row_that_was_never_stored_is_set_aside_until_its_parents_come(
    url: str, settings: PostLoadSettings
) -> None:
    result = promote(url, settings, relation(1, IsDeleted="true", TaskId=seed.task(2)))
    assert (result.counts.set_aside, result.counts.failed) == (1, 0)
    assert result.counts.quarantined_now == 0
    seed.add_task(url, 2)
    assert promote(url, settings).counts.inserted == 1
    assert seed.stored(url)[relation(1)["Id"]]["is_deleted"] is True


def test_an_undeleted_row_is_live_again(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1, IsDeleted="true"))
    result = promote(url, settings, relation(1, SystemModstamp=LATER))
    assert result.counts.updated == 1
    assert seed.stored(url)[relation(1)["Id"]]["is_deleted"] is False


def test_ids_that_differ_only_by_case_are_two_rows(url: str, settings: PostLoadSettings) -> None:
    upper, lower = "0RTZz0000000AAA" + "OAA", "0RTZz0000000aaa" + "EAA"
    result = promote(url, settings, relation(1, Id=upper), relation(1, Id=lower))
    assert result.counts.inserted == 2


def test_the_seeds_tables_keep_their_shape(url: str, settings: PostLoadSettings) -> None:
    before = shape(url)
    promote(url, settings, relation(1))
    assert shape(url) == before


def shape(url: str) -> set[tuple[str, ...]]:
    with psycopg.connect(url) as connection:
        columns = connection.execute(
            "select table_name, column_name, data_type, is_nullable, coalesce(column_default, '') "
            "from information_schema.columns where table_schema = 'public'"
        ).fetchall()
        constraints = connection.execute(
            "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
            "from pg_constraint where connamespace = 'public'::regnamespace"
        ).fetchall()
    return {*columns, *constraints}


def test_missing_parent_tables_are_named_and_what_landed_is_kept(
    database_url: str, settings: PostLoadSettings
) -> None:
    seed.land(database_url, [relation(1)])
    with pytest.raises(TaskwhoError, match="sf_activities") as refused:
        post_load(database_url, settings)
    assert refused.value.exit_code == 2
    seed.create(database_url)
    assert post_load(database_url, settings).counts.inserted == 1


def test_a_run_is_recorded_with_its_windows_counts_and_calls(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into taskwho.sync_batches (run_id, stream, batch, mode, window_from, window_to,"
            " records, attempts, api_used, api_max, fetched_at, outcome) values ('run-7',"
            " 'task_who_relations', '1', 'incremental', '2024-05-01T00:00:00Z',"
            " '2024-05-01T09:00:00Z', '1', '2', '120', '15000', '2024-05-01T09:01:00Z', 'complete')"
        )
    post_load(url, settings)
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        run = connection.execute("select * from taskwho.runs").fetchone()
        journal = connection.execute("select * from taskwho.batches").fetchone()
    assert run is not None
    assert journal is not None
    assert (run["run_ids"], run["mode"], run["api_calls"]) == (["run-7"], "incremental", 2)
    assert run["counts"]["inserted"] == 1
    assert run["windows"][0]["to"] == "2024-05-01T09:00:00Z"
    assert (journal["promoted_by"], journal["outcome"]) == (run["run_id"], "complete")
