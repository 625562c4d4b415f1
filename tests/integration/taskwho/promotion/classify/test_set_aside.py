"""Relations that belong in no table here: kept apart with the reason, until they belong in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.types.json import Jsonb
from taskwho.database.migrate import migrate, migrations
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import LATER, land
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

LEAD = ids.make("Lead", 1)
ACCOUNT = "001000000000001AAA"
KEPT = "select salesforce_id, reason, record ->> 'RelationId' from taskwho.set_aside order by 1"


def promote(url: str, settings: PostLoadSettings, *rows: seed.Row) -> RunResult:
    seed.land(url, rows)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Type": "Lead", "RelationId": LEAD}, "lead"),
        ({"Type": None, "RelationId": LEAD}, "lead"),
        ({"Type": "Lead", "RelationId": None}, "lead"),
        ({"Type": "Account", "RelationId": ACCOUNT}, "other_object"),
        ({"RelationId": ACCOUNT[:15]}, "other_object"),
        ({"RelationId": "701000000000001AAA", "TaskId": seed.task(9)}, "other_object"),
    ],
)
def test_what_belongs_in_no_table_is_kept_with_the_reason(
    url: str, settings: PostLoadSettings, changes: dict[str, str | None], reason: str
) -> None:
    row = relation(1, **changes)
    result = promote(url, settings, row)
    assert (result.counts.set_aside, result.counts.failed) == (1, 0)
    assert query(url, "select stream, reason, record, run_id from taskwho.set_aside") == [
        ("task_who_relations", reason, row, result.run_id)
    ]
    assert seed.quarantine(url) == seed.stored(url) == {}


def test_an_id_that_is_none_is_an_invalid_value_and_not_another_object(
    url: str, settings: PostLoadSettings
) -> None:
    assert promote(url, settings, relation(1, RelationId="001-1")).errors == {"invalid_value": 1}
    assert query(url, KEPT) == []


def test_what_comes_as_before_is_not_written_again(url: str, settings: PostLoadSettings) -> None:
    row = relation(1, RelationId=LEAD)
    promote(url, settings, row)
    before = query(url, "select xmin::text, kept::text from taskwho.set_aside kept")
    assert promote(url, settings, row).counts.set_aside == 1
    assert query(url, "select xmin::text, kept::text from taskwho.set_aside kept") == before
    promote(url, settings, row | {"RelationId": ACCOUNT})
    assert query(url, KEPT) == [(row["Id"], "other_object", ACCOUNT)]
    assert query(url, "select updated_at > set_aside_at from taskwho.set_aside") == [(True,)]


@pytest.mark.parametrize(
    ("changes", "stored", "waiting"),
    [
        ({}, True, False),
        ({"RelationId": seed.contact(9)}, False, True),
        ({"IsDeleted": "true", "RelationId": LEAD}, False, False),
    ],
    ids=["the lead became a contact", "the contact is missing", "the relation is deleted"],
)
def test_a_relation_leaves_it_by_itself(
    url: str, settings: PostLoadSettings, changes: seed.Row, *, stored: bool, waiting: bool
) -> None:
    promote(url, settings, relation(1, RelationId=LEAD), relation(2, RelationId=LEAD))
    promote(url, settings, relation(1, SystemModstamp=LATER, **changes))
    assert query(url, KEPT) == [(relation(2)["Id"], "lead", LEAD)]
    assert (bool(seed.stored(url)), bool(seed.quarantine(url))) == (stored, waiting)


def test_a_stored_relation_that_moved_to_a_lead_is_not_live_in_the_table_any_more(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    moved = relation(1, RelationId=LEAD, SystemModstamp=LATER)
    results = [promote(url, settings, *rows) for rows in ([moved], [moved], [relation(1)])]
    assert [(run.counts.deleted, run.counts.set_aside) for run in results] == [
        (1, 0),
        (0, 1),
        (0, 0),
    ]
    row = seed.stored(url)[moved["Id"]]
    assert (row["is_deleted"], row["relation_id"]) == (True, seed.contact(1))
    assert [run.totals.in_table for run in results] == [0, 0, 0]
    assert query(url, KEPT) == [(moved["Id"], "lead", LEAD)]
    promote(url, settings, relation(1, SystemModstamp="2024-05-01T08:00:02.000Z"))
    assert seed.stored(url)[moved["Id"]]["is_deleted"] is False
    assert query(url, KEPT) == []


def test_a_relation_that_moves_and_is_deleted_within_a_second_leaves_it(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    promote(url, settings, relation(1, RelationId=ACCOUNT, SystemModstamp=LATER))
    assert query(url, KEPT) == [(relation(1)["Id"], "other_object", ACCOUNT)]
    promote(url, settings, relation(1, IsDeleted="true", SystemModstamp=LATER))
    assert query(url, KEPT) == []


def test_a_waiting_relation_to_another_object_moves_there(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1, RelationId=seed.contact(9)))
    promote(url, settings, relation(1, RelationId=ACCOUNT))
    assert seed.quarantine(url) == {}
    assert query(url, KEPT) == [(relation(1)["Id"], "other_object", ACCOUNT)]


def test_salesforce_s_list_of_deletes_empties_it(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, *(relation(number, RelationId=LEAD) for number in (1, 2)))
    stamps = {1: LATER, 2: "2024-05-01T07:00:00.000Z"}
    land(
        url,
        "task_relation_deletes",
        [{"Id": relation(n)["Id"], "deletedDate": stamp} for n, stamp in stamps.items()],
    )
    promote(url, settings)
    assert query(url, KEPT) == [(relation(2)["Id"], "lead", LEAD)]


def test_a_migration_moves_what_waited_for_a_contact_that_never_comes(database_url: str) -> None:
    waiting = [
        (relation(1, RelationId=ACCOUNT), "missing_contact"),
        (relation(2, RelationId=ACCOUNT, IsDeleted="true"), "missing_contact"),
        (relation(3, RelationId=seed.contact(9)), "missing_contact"),
        (relation(4, RelationId="abc"), "invalid_value"),
    ]
    with psycopg.connect(database_url, autocommit=True) as conn:
        migrate(conn, known=migrations()[:3])
        for row, reason in waiting:
            conn.execute(
                "insert into taskwho.quarantine (stream, salesforce_id, record, reasons, error, "
                "first_failed_at, last_failed_at) "
                "values ('task_who_relations', %s, %s, %s, 'no', now(), now())",
                [row["Id"], Jsonb(row), [reason]],
            )
        migrate(conn)
    assert query(database_url, KEPT) == [(relation(1)["Id"], "other_object", ACCOUNT)]
    assert set(seed.quarantine(database_url)) == {relation(3)["Id"], relation(4)["Id"]}
    seed.check_counts(database_url)
