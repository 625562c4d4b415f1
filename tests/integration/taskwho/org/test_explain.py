"""Why parents are missing: each cause in an org that has it, the whole explanation compared."""

# ruff: noqa: S608 - SQL and SOQL of the tests' own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import contact, land, page
from tests.support.reporting.explaining import GONE, GONE_TOO, groups, promote, soql
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

    from tests.sandbox import Sandbox
    from tests.support.seed import Row

EXPLAINED = """
users inactive 1 2 2: in Salesforce, inactive
  Let the job that fills `sf_users` read inactive users too, or run `taskwho sync --streams users
  --mode full`, which does.
contacts recycle_bin 1 2 1: in the recycle bin of Salesforce
  Let the job that fills `sf_contacts` read deleted contacts too (by queryAll), or run `taskwho sync
  --streams contacts --mode full`, which does.
contacts merged 1 1 1: merged into other contacts
  Run `taskwho sync --mode full`: their relations refer to the contact that remains.
contacts newer 1 1 1: in Salesforce, newer than your table
  Run the job that fills `sf_contacts`, or `taskwho sync --streams contacts`: the table ends before
  these contacts were made.
tasks archived 1 1 1: in Salesforce, archived
  Let the job that fills `sf_activities` read archived tasks too (by queryAll), or run `taskwho sync
  --streams tasks --mode full`, which does.
users left_out 1 1 1: in Salesforce, older than the end of your table
  Look for what the job that fills `sf_users` leaves out, such as a filter, or run `taskwho sync
  --streams users --mode full`, which leaves out nothing.
tasks hidden_or_gone 2 2 0: hidden from the integration user, or gone for good
  Open `{gone}` in Salesforce as an administrator. If it is there, give the integration user access
  to the tasks; if it is not, its relations never go in.
"""


@pytest.fixture
def people(org: Sandbox) -> dict[str, str]:
    """Records of the org, each missing for a reason of its own."""
    users, contacts, tasks = map(org.known, ("User", "Contact", "Task"))
    names = ("fresh", "binned", "loser", "winner")
    found = {"leaver": users[0], "stays": users[1], "old": tasks[0]}
    found |= dict(zip(names, contacts, strict=False))
    org.deactivate_users([found["leaver"]])
    org.delete_contacts(found["binned"])
    org.merge_contacts([found["loser"]], found["winner"])
    org.archive_tasks(found["old"])
    return found


def orphans(people: dict[str, str]) -> list[Row]:
    return [
        relation(1, CreatedById=people["leaver"], LastModifiedById=people["leaver"]),
        relation(2, CreatedById=people["leaver"]),
        relation(3, LastModifiedById=people["stays"]),
        relation(4, RelationId=people["fresh"]),
        relation(5, RelationId=people["binned"]),
        relation(6, RelationId=people["loser"]),
        relation(7, TaskId=people["old"]),
        relation(8, TaskId=GONE),
        relation(9, TaskId=GONE_TOO, RelationId=people["binned"]),
    ]


def written(result: RunResult) -> str:
    lines = []
    for one in result.explanation.groups:
        numbers = f"{one.ids} {one.relations} {one.brings_in}"
        lines += [f"{one.parent} {one.cause} {numbers}: {one.label}", one.do]
    return " ".join(lines)


def test_every_cause_is_told_with_what_to_do(
    url: str, settings: PostLoadSettings, org: Sandbox, people: dict[str, str]
) -> None:
    result = promote(url, settings, org, *orphans(people))
    assert written(result) == " ".join(EXPLAINED.format(gone=GONE).split())
    found = result.explanation
    assert (found.asked, found.calls) == ("Salesforce was asked about 8 Ids, in 3 API calls.", 3)
    assert found.tables == {
        "users": "sf_users",
        "contacts": "sf_contacts",
        "tasks": "sf_activities",
    }
    assert found.table_ends == {
        "users": "2100-01-01T00:00:00Z",
        "contacts": "2001-01-01T00:00:00Z",
        "tasks": "2100-01-01T00:00:00Z",
    }


def test_the_ids_that_block_most_come_first(
    url: str, settings: PostLoadSettings, org: Sandbox, people: dict[str, str]
) -> None:
    worst = promote(url, settings, org, *orphans(people)).explanation.worst
    assert [(one.parent, one.id, one.relations, one.cause) for one in worst[:2]] == [
        ("contacts", people["binned"], 2, "recycle_bin"),
        ("users", people["leaver"], 2, "inactive"),
    ]
    assert [(one.id, one.merged_into) for one in worst if one.merged_into] == [
        (people["loser"], people["winner"])
    ]
    assert all(one.asked_at for one in worst)


def test_salesforce_is_asked_by_id_and_by_nothing_else(
    url: str, settings: PostLoadSettings, org: Sandbox, people: dict[str, str]
) -> None:
    promote(url, settings, org, *orphans(people))
    asked = {
        "User": ("IsActive", listed(people["leaver"], people["stays"])),
        "Contact": ("MasterRecordId", listed(people["fresh"], people["binned"], people["loser"])),
        "Task": ("IsArchived", listed(people["old"], GONE, GONE_TOO)),
    }
    for request in org.queries():
        sobject = str(request.soql).split(" FROM ")[1].split()[0]
        mark, ids_of = asked.pop(sobject)
        deleted = "" if sobject == "User" else "IsDeleted, "
        assert request.soql == (
            f"SELECT Id, {deleted}CreatedDate, {mark} FROM {sobject} WHERE Id IN ({ids_of}) "
            "ORDER BY Id"
        )
        assert request.path.endswith("/queryAll")
    assert asked == {}
    assert org.violations() == []


def listed(*record_ids: str) -> str:
    return ",".join(f"'{record_id}'" for record_id in sorted(record_ids))


def test_an_answer_is_good_for_seven_days(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    first = promote(url, settings, org, relation(1, TaskId=GONE))
    again = promote(url, settings, org)
    assert groups(again) == groups(first) == {("tasks", "hidden_or_gone"): (1, 1, 0)}
    assert again.explanation.asked == "Salesforce had answered before, in the last 7 days."
    assert len(soql(org)) == 1
    query(url, "update taskwho.missing_answers set asked_at = asked_at - interval '8 days'")
    assert promote(url, settings, org).explanation.calls == 1


def test_an_answer_goes_when_nothing_waits_for_it(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    promote(url, settings, org, relation(1, TaskId=GONE))
    assert query(url, "select found from taskwho.why_missing") == [("nothing",)]
    query(url, "delete from taskwho.quarantine")
    promote(url, settings, org, relation(2, TaskId=GONE_TOO))
    assert query(url, "select parent_id from taskwho.missing_answers") == [(GONE_TOO,)]


def test_a_newer_record_of_a_table_without_times_is_only_there(
    url: str, settings: PostLoadSettings, org: Sandbox
) -> None:
    query(url, "update sf_contacts set sf_system_modstamp = null")
    result = promote(url, settings, org, relation(1, RelationId=org.known("Contact")[0]))
    assert groups(result) == {("contacts", "there"): (1, 1, 1)}


@pytest.mark.parametrize(
    ("end", "cause"), [("2024-05-01T07:59:59Z", "newer"), ("2024-05-01T08:00:00Z", "not_asked")]
)
def test_without_a_login_the_end_of_the_table_tells(
    url: str, settings: PostLoadSettings, end: str, cause: str
) -> None:
    query(url, f"update sf_contacts set sf_system_modstamp = '{end}'")
    result = promote(url, settings, None, relation(1, RelationId=seed.contact(9)))
    assert groups(result) == {("contacts", cause): (1, 1, 1)}
    assert result.explanation.asked == (
        "Salesforce was not asked: no login is set (`TAP_SALESFORCE_TASKWHO_*`)."
    )
    assert result.explanation.worst[0].asked_at is None
    assert result.warnings == []


def test_a_parent_that_a_whole_read_did_not_find_is_hidden_or_gone(
    url: str, settings: PostLoadSettings
) -> None:
    whole = page(1, stream="tasks", window_from=None, outcome="complete")
    land(url, "sync_batches", [whole])
    result = promote(url, settings, None, relation(1, TaskId=GONE))
    assert groups(result) == {("tasks", "hidden_or_gone"): (1, 1, 0)}


def test_a_parent_that_waits_itself_says_so(url: str, settings: PostLoadSettings) -> None:
    land(url, "contacts", [contact(9, SystemModstamp="never")])
    land(url, "sync_batches", [page(1, stream="contacts")])
    result = promote(url, settings, None, relation(1, RelationId=seed.contact(9)))
    [found] = result.explanation.groups
    assert (found.cause, found.do) == (
        "waits_itself",
        (
            f"Run `taskwho why {seed.contact(9)}`: it says which of its values keeps it out of "
            "`sf_contacts`."
        ),
    )
