"""What the quarantine waits for is counted as it changes, whoever changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.database import landing
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.promoting import LATER
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

OTHER_USER = ids.make("User", 2)
FIELDS = landing.streams()


@pytest.fixture
def url(url: str, settings: PostLoadSettings) -> str:
    """Relations that wait: for a task, a contact, a user twice, for all of them, for no parent."""
    seed.land(
        url,
        [
            relation(1, TaskId=seed.task(2)),
            relation(2, TaskId=seed.task(2), IsDeleted="true"),
            relation(3, RelationId=seed.contact(2)),
            relation(4, CreatedById=OTHER_USER, LastModifiedById=OTHER_USER),
            relation(5, TaskId=seed.task(3), RelationId=seed.contact(2), CreatedById=OTHER_USER),
            relation(6, IsDeleted="maybe"),
            relation(7, CreatedById=None),
        ],
    )
    post_load(url, settings)
    return url


def missed(url: str) -> set[tuple[str, bool]]:
    """The parents that are waited for, and whether by rows that are set aside."""
    return set(query(url, "select parent_id, is_set_aside from taskwho.missing_parents"))


def test_a_missing_parent_is_kept_once_wherever_it_is_referred_to(url: str) -> None:
    assert missed(url) == {
        (seed.task(2), False),
        (seed.task(2), True),
        (seed.task(3), False),
        (seed.contact(2), False),
        (OTHER_USER, False),
    }
    seed.check_counts(url)


def test_what_changes_heals_or_goes_is_counted_anew(url: str, settings: PostLoadSettings) -> None:
    seed.add_task(url, 2)
    landed = [
        relation(3, RelationId=seed.contact(3), SystemModstamp=LATER),
        relation(5, SystemModstamp=LATER),
    ]
    seed.land(url, landed)
    result = post_load(url, settings)
    assert (result.counts.healed, result.counts.failed) == (3, 1)
    assert missed(url) == {(seed.contact(3), False), (OTHER_USER, False)}
    seed.check_counts(url)


@pytest.mark.parametrize(
    "by_hand",
    [
        "delete from taskwho.failed_relations where 'missing_task' = any(reasons)",
        "delete from taskwho.failed_relations",
        "delete from taskwho.quarantine where salesforce_id like '%3'",
        "truncate taskwho.quarantine",
        "update taskwho.failed_relations set reasons = '{odd}'",
    ],
)
def test_a_change_by_hand_is_counted_too(
    url: str, settings: PostLoadSettings, by_hand: str
) -> None:
    query(url, by_hand)
    seed.check_counts(url)
    post_load(url, settings)
    seed.check_counts(url)


def test_a_change_that_is_taken_back_leaves_the_counts_as_they_were(url: str) -> None:
    before = missed(url)
    with psycopg.connect(url) as connection:
        connection.execute("delete from taskwho.failed_relations")
        connection.rollback()
    assert missed(url) == before
    seed.check_counts(url)


def test_who_may_only_delete_from_the_quarantine_needs_no_right_to_the_counts(url: str) -> None:
    role = sql.Identifier(f"janitor_{url.rpartition('/')[2].partition('?')[0]}")
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("create role {}").format(role))
        connection.execute(sql.SQL("grant usage on schema taskwho to {}").format(role))
        connection.execute(
            sql.SQL("grant select, delete on taskwho.failed_relations to {}").format(role)
        )
        connection.execute(sql.SQL("set local role {}").format(role))
        connection.execute("delete from taskwho.failed_relations where missing_task_id is not null")
        connection.execute("reset role")
        connection.execute(sql.SQL("drop owned by {}").format(role))
        connection.execute(sql.SQL("drop role {}").format(role))
    assert (seed.task(2), False) not in missed(url)
    seed.check_counts(url)


ROWS = {
    "users": promoting.user(8),
    "contacts": promoting.contact(8),
    "tasks": promoting.task(8),
    "task_who_relations": relation(8),
}


@pytest.mark.parametrize("stream", ROWS)
def test_a_row_of_every_stream_waits_the_same_way(
    url: str, settings: PostLoadSettings, stream: str
) -> None:
    row = ROWS[stream]
    waiting = (
        "select reasons, error, record, is_set_aside, attempts from taskwho.quarantine "
        "where stream = %s and salesforce_id = %s"
    )
    promoting.land(url, stream, [row | {"SystemModstamp": "soon"}])
    post_load(url, settings)
    assert query(url, waiting, stream, row["Id"]) == [
        (
            ["invalid_value"],
            "invalid_value: SystemModstamp cannot be stored as it is",
            dict.fromkeys(FIELDS[stream]) | row | {"SystemModstamp": "soon"},
            False,
            1,
        )
    ]
    seed.check_counts(url)
    promoting.land(url, stream, [row])
    post_load(url, settings)
    assert query(url, waiting, stream, row["Id"]) == []
    seed.check_counts(url)
