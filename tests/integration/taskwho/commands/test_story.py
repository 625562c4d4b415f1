"""The story of one record, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from taskwho.commands.story import Story
from taskwho.model.reasons import REASONS
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import contact, land, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

ID = relation(1)["Id"]
IN_TABLE = (
    "In the table public.sf_taskwhorelations, as Salesforce had it at 2024-05-01 08:00:00 UTC."
)
KEYS = f"Task {seed.task(1)}, person {seed.contact(1)}."


def story(url: str, settings: PostLoadSettings, record_id: str = ID) -> list[str]:
    with psycopg.connect(url) as conn:
        return Story(conn, settings, record_id).lines()


def test_nothing_is_known_of_an_id_that_no_run_has_read(
    url: str, settings: PostLoadSettings
) -> None:
    assert story(url, settings) == []


def test_a_stored_relation_is_in_its_table(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(2, IsDeleted="true")])
    post_load(url, settings)
    assert story(url, settings) == [IN_TABLE, KEYS]
    assert story(url, settings, relation(2)["Id"])[0] == IN_TABLE.replace(
        ", as", ", deleted in Salesforce, as"
    )


def test_a_relation_that_waits_says_for_what_and_so_does_its_parent(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1, TaskId=seed.task(9))])
    post_load(url, settings)
    query(
        url,
        "update taskwho.failed_relations set first_failed_at = '2024-06-01T00:00:00Z',"
        " last_failed_at = '2024-06-02T00:00:00Z'",
    )
    assert story(url, settings) == [
        (
            "It waits in quarantine since 2024-06-01 00:00:00; its reasons last changed at "
            "2024-06-02 00:00:00: missing_task."
        ),
        f"missing_task: {seed.task(9)} is not in sf_activities.",
        f"Next: {REASONS['missing_task'].next_step}",
    ]
    assert story(url, settings, seed.task(9)) == ["1 relation waits in quarantine for it."]


def test_a_parent_that_waits_has_its_reasons_too(url: str, settings: PostLoadSettings) -> None:
    land(url, "contacts", [contact(7, LastName="x" * 300, SystemModstamp="never")])
    land(url, "sync_batches", [page(1, stream="contacts")])
    post_load(url, settings)
    waits, _, following = story(url, settings, seed.contact(7))
    assert waits.endswith(": invalid_value.")
    assert following == f"Next: {REASONS['invalid_value'].next_step}"


def test_a_relation_that_landed_waits_for_post_load(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1), relation(1)])
    land(url, "task_relation_deletes", [{"Id": ID, "deletedDate": seed.STAMP}])
    assert story(url, settings) == [
        "It landed and is not promoted yet (2): run `taskwho post-load`.",
        "Its removal landed and is not promoted yet (1): run `taskwho post-load`.",
    ]


def test_a_removed_relation_says_when_it_was_removed(url: str, settings: PostLoadSettings) -> None:
    land(url, "task_relation_deletes", [{"Id": ID, "deletedDate": seed.STAMP}])
    post_load(url, settings)
    assert story(url, settings) == ["Salesforce lists it as removed at 2024-05-01 08:00:00."]


def test_a_lead_has_no_table(url: str, settings: PostLoadSettings) -> None:
    assert story(url, settings, ids.make("Lead", 1)) == [
        "A lead. There is no table for leads: relations to it are set aside."
    ]


def test_a_relation_to_a_lead_is_set_aside(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(1, Type="Lead", RelationId=ids.make("Lead", 1))])
    post_load(url, settings)
    query(url, "update taskwho.set_aside set set_aside_at = '2024-06-01T00:00:00Z'")
    assert story(url, settings) == [
        "It is set aside since 2024-06-01 00:00:00 (leads).",
        f"Next: {REASONS['lead'].next_step}",
    ]


def test_an_id_on_a_page_that_is_nowhere_has_the_reasons_that_are_left(
    url: str, settings: PostLoadSettings
) -> None:
    row = page(
        3,
        first_id=relation(1)["Id"],
        last_id=relation(5)["Id"],
        fetched_at="2024-06-01T00:01:00Z",
    )
    land(url, "sync_batches", [row])
    post_load(url, settings)
    assert story(url, settings, relation(2)["Id"]) == [
        (
            "No table holds it. The last page that covered its Id was batch 3 of run run-1 at "
            "2024-06-01 00:01:00."
        ),
        (
            "It was outside that run's window, or it is deleted for good, or the integration user "
            "may not see it. `taskwho sync --mode full` reads everything that this user may see."
        ),
    ]
