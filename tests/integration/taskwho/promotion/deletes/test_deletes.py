"""Relations that Salesforce lists as removed: what is stored or waits of them, in any order."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.commands.checks.database import check_database
from taskwho.commands.story import Story
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load
from taskwho.report import markdown

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import EARLIER, LATER, land, page
from tests.support.seed import STAMP, relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

DELETES = "task_relation_deletes"
GONE = relation(1)["Id"]
OTHER = relation(2)["Id"]


def removed(url: str, at: str = LATER, key: str = GONE) -> None:
    land(url, DELETES, [{"Id": key, "deletedDate": at}])


def promote(url: str, settings: PostLoadSettings, *rows: seed.Row) -> RunResult:
    seed.land(url, rows)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


def live(url: str) -> set[str]:
    return {key for key, row in seed.stored(url).items() if not row["is_deleted"]}


def findings(url: str, settings: PostLoadSettings) -> list[str]:
    """What doctor says of the database."""
    found = map(str, check_database(url, settings))
    return list(takewhile(lambda text: "The last run" not in text, found))


def test_a_stored_relation_that_is_listed_becomes_deleted_and_keeps_its_stamp(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1), relation(2))
    before = seed.stored(url)[GONE]
    removed(url)
    result = promote(url, settings)
    after = seed.stored(url)[GONE]
    assert (result.counts.listed_as_removed, result.counts.removed) == (1, 1)
    assert live(url) == {OTHER}
    assert after["updated_at"] > before["updated_at"]
    changed = {"is_deleted", "updated_at"}
    assert {k: v for k, v in after.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }
    assert query(url, "select count(*) from taskwho.task_relation_deletes") == [(0,)]


@pytest.mark.parametrize(
    ("deleted_at", "is_live"), [(EARLIER, True), (STAMP, True), (LATER, False)]
)
def test_only_a_version_of_before_the_removal_goes(
    url: str, settings: PostLoadSettings, deleted_at: str, *, is_live: bool
) -> None:
    # one of the same second may have come back in it
    removed(url, deleted_at)
    promote(url, settings, relation(1))
    assert (GONE in live(url)) is is_live


def test_a_copy_read_before_the_removal_does_not_bring_it_back(
    url: str, settings: PostLoadSettings
) -> None:
    removed(url)
    promote(url, settings)
    assert promote(url, settings, relation(1)).counts.removed == 1
    assert live(url) == set()
    promote(url, settings, relation(1, Type="Other"))
    assert live(url) == set()


def test_a_relation_that_comes_back_with_its_task_is_live_and_can_go_again(
    url: str, settings: PostLoadSettings
) -> None:
    promote(url, settings, relation(1))
    removed(url)
    promote(url, settings)
    promote(url, settings, relation(1, SystemModstamp="2024-05-01T09:00:00.000Z"))
    assert live(url) == {GONE}
    # the list's windows overlap: the old entry comes again, and changes nothing
    removed(url)
    promote(url, settings)
    assert live(url) == {GONE}
    removed(url, "2024-05-01T10:00:00.000Z")
    promote(url, settings)
    assert live(url) == set()


def test_of_several_removals_of_one_relation_the_last_counts(
    url: str, settings: PostLoadSettings
) -> None:
    for at in (EARLIER, LATER, EARLIER):
        removed(url, at)
    result = promote(url, settings, relation(1))
    assert result.counts.listed_as_removed == 1
    assert live(url) == set()


def test_a_waiting_relation_that_is_listed_leaves_the_quarantine(
    url: str, settings: PostLoadSettings
) -> None:
    waiting = [relation(number, TaskId=seed.task(9)) for number in (1, 2)]
    waiting.append(relation(3, TaskId=seed.task(9), SystemModstamp=LATER))
    promote(url, settings, *waiting)
    removed(url)
    removed(url, STAMP, relation(3)["Id"])  # has come back since
    result = promote(url, settings)
    assert result.counts.removed_waiting == 1
    assert seed.quarantine(url).keys() == {OTHER, relation(3)["Id"]}
    assert result.counts.quarantined_now == 2
    # nor does it wait when a copy of before lands later
    promote(url, settings, waiting[0])
    assert GONE not in seed.quarantine(url)


def test_a_deleted_relation_that_waits_for_its_task_waits_on(
    url: str, settings: PostLoadSettings
) -> None:
    # it is in the recycle bin, where queryAll shows it: the list says nothing new of it
    promote(url, settings, relation(1, TaskId=seed.task(2), IsDeleted="true"))
    removed(url)
    promote(url, settings)
    seed.add_task(url, 2)
    promote(url, settings)
    assert seed.stored(url)[GONE]["is_deleted"] is True


def test_deletes_wait_for_tables_that_are_not_there_yet(
    database_url: str, settings: PostLoadSettings
) -> None:
    removed(database_url)
    assert post_load(database_url, settings).counts.removed == 0
    seed.create(database_url)
    promote(database_url, settings, relation(1))
    assert live(database_url) == set()


REFUSING = {
    "constraint": "alter table sf_taskwhorelations add constraint keep_it "
    "check (not is_deleted or salesforce_id <> '{key}')",
    "trigger": "create function refuse() returns trigger language plpgsql as $$ begin "
    "if new.is_deleted and new.salesforce_id = '{key}' then raise exception 'no'; end if; "
    "return new; end $$; create trigger refuse before update on sf_taskwhorelations "
    "for each row execute function refuse()",
    "swallowing trigger": "create function refuse() returns trigger language plpgsql as $$ begin "
    "if new.is_deleted and new.salesforce_id = '{key}' then return null; end if; "
    "return new; end $$; create trigger refuse before update on sf_taskwhorelations "
    "for each row execute function refuse()",
}


@pytest.mark.parametrize("refusal", REFUSING)
def test_a_table_that_refuses_one_costs_no_other_and_is_asked_again(
    url: str, settings: PostLoadSettings, refusal: str
) -> None:
    promote(url, settings, relation(1), relation(2))
    query(url, REFUSING[refusal].format(key=GONE))
    for key in (GONE, OTHER):
        removed(url, key=key)
    result = promote(url, settings, relation(3))
    assert result.counts.removed == 1
    assert live(url) == {GONE, relation(3)["Id"]}
    assert any("still live" in warning for warning in result.warnings)

    query(url, "alter table sf_taskwhorelations disable trigger user")
    query(url, "alter table sf_taskwhorelations drop constraint if exists keep_it")
    assert promote(url, settings).counts.removed == 1
    assert live(url) == {relation(3)["Id"]}


def test_what_names_no_relation_or_no_time_is_passed_over_and_told(
    url: str, settings: PostLoadSettings
) -> None:
    for key, at in (
        (GONE, None),
        (GONE, "yesterday"),
        (GONE, "2999-01-01T00:00:00.000Z"),
        (None, LATER),
        ("no\\u0000Id", LATER),
    ):
        land(url, DELETES, [{"Id": key, "deletedDate": at}])
    result = promote(url, settings, relation(1))
    assert result.counts.listed_as_removed == 0
    assert any(warning.startswith("5 entries") for warning in result.warnings)
    assert live(url) == {GONE}


def test_applied_deletes_are_forgotten_after_a_month(url: str, settings: PostLoadSettings) -> None:
    removed(url)
    removed(url, key=OTHER)
    promote(url, settings)
    query(
        url,
        "update taskwho.deleted_relations set listed_at = now() - interval '31 days' "
        "where salesforce_id = %s",
        GONE,
    )
    promote(url, settings)
    assert query(url, "select salesforce_id from taskwho.deleted_relations") == [(OTHER,)]


def test_the_report_why_and_doctor_tell_of_it(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, relation(1))
    removed(url)
    with psycopg.connect(url) as connection:
        assert any("removal landed" in line for line in Story(connection, settings, GONE).lines())
    land(url, "sync_batches", [page(1, stream=DELETES, outcome="complete", endpoint="deleted")])
    result = promote(url, settings)
    assert "**Deleted (Listed as Removed)**: 1 of 1 listed" in markdown.render(result)
    assert result.api.calls == 1
    with psycopg.connect(url) as connection:
        told = Story(connection, settings, GONE).lines()
    assert "deleted in Salesforce" in told[0]
    assert any("lists it as removed at 2024-05-01 08:00:01" in line for line in told)
    found = findings(url, settings)
    # the page in the journal is years old
    assert any("known up to 2024-06-01" in text and "--sweep" in text for text in found)
    query(url, "update taskwho.deleted_relations set is_applied = false")
    found = findings(url, settings)
    assert any("1 relations" in text and "not marked as deleted" in text for text in found)


def test_a_gap_in_the_list_asks_for_a_full_run_and_a_long_window_does_not(
    url: str, settings: PostLoadSettings
) -> None:
    def window(start: str | None, end: str) -> list[str]:
        at = {"window_from": start, "window_to": end, "mode": "incremental"}
        land(url, "sync_batches", [page(1, stream=DELETES, outcome="complete", **at)])
        return promote(url, settings).warnings

    assert window(None, "2024-05-01T00:00:00Z") == []
    assert window("2024-05-01T00:00:00Z", "2024-05-29T00:00:00Z") == []
    [warning] = window("2024-06-20T00:00:00Z", "2024-06-21T00:00:00Z")
    assert DELETES in warning
    assert "--mode full --sweep" in warning


def test_a_failure_while_the_list_was_read_is_a_failed_run(
    url: str, settings: PostLoadSettings
) -> None:
    land(url, "sync_batches", [page(1, stream=DELETES, outcome="failed")])
    assert promote(url, settings).status == "failed"


def test_what_cannot_be_promoted_keeps_the_deletes(url: str, settings: PostLoadSettings) -> None:
    removed(url)
    query(url, "alter table sf_taskwhorelations drop column is_deleted")
    with pytest.raises(TaskwhoError):
        promote(url, settings, relation(1))
    assert query(url, "select count(*) from taskwho.task_relation_deletes") == [(1,)]
