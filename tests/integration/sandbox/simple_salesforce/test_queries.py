"""What queries show, with simple-salesforce."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sandbox import Sandbox
from tests.support.comparing.simple_client import log_in

if TYPE_CHECKING:
    import requests
    from simple_salesforce.api import Salesforce


def test_query_hides_the_recycle_bin_and_query_all_shows_it(
    org: Sandbox, client: Salesforce
) -> None:
    deleted = sum(row["IsDeleted"] for row in org.truth())
    soql = "SELECT COUNT() FROM TaskWhoRelation"
    assert deleted
    assert client.query(soql)["totalSize"] == len(org.relation_ids()) - deleted
    assert client.query(soql, include_deleted=True)["totalSize"] == len(org.relation_ids())


def test_every_record_arrives_as_the_org_holds_it(org: Sandbox, client: Salesforce) -> None:
    fields = ", ".join(org.truth()[0])
    soql = f"SELECT {fields} FROM TaskWhoRelation ORDER BY Id"
    found = client.query_all(soql, include_deleted=True)
    records = [{k: v for k, v in r.items() if k != "attributes"} for r in found["records"]]
    assert records == sorted(org.truth(), key=lambda row: row["Id"])
    assert found["totalSize"] == len(org.relation_ids())
    assert found["done"]


def test_records_are_found_by_a_list_of_ids(org: Sandbox, client: Salesforce) -> None:
    wanted = org.relation_ids(deleted=False)[:3] + org.relation_ids()[-3:]
    listed = ", ".join(f"'{record_id}'" for record_id in wanted)
    where = f"WHERE Id IN ({listed}) AND IsDeleted = false"
    found = client.query(f"SELECT Id FROM TaskWhoRelation {where}")["records"]
    assert {record["Id"] for record in found} == set(wanted) & set(org.relation_ids(deleted=False))
    assert client.query(f"SELECT COUNT() FROM TaskWhoRelation {where}")["totalSize"] == len(found)


def test_pages_follow_each_other_by_locator(org: Sandbox, client: Salesforce) -> None:
    soql = "SELECT Id FROM TaskWhoRelation ORDER BY Id"
    page = client.query(soql, include_deleted=True)
    assert len(page["records"]) == 2_000
    ids = [record["Id"] for record in page["records"]]
    while not page["done"]:
        page = client.query_more(page["nextRecordsUrl"], identifier_is_url=True)
        ids += [record["Id"] for record in page["records"]]
    assert "nextRecordsUrl" not in page
    assert ids == sorted(row["Id"] for row in org.truth())


def test_query_all_alone_shows_archived_tasks(org: Sandbox, client: Salesforce) -> None:
    archived = sum(task["IsArchived"] for task in org.table("Task").values())
    soql = "SELECT COUNT() FROM Task WHERE IsArchived = true"
    assert archived
    assert client.query(soql)["totalSize"] == 0
    assert client.query(soql, include_deleted=True)["totalSize"] == archived


def test_an_id_in_a_list_may_be_unknown_or_short(org: Sandbox, client: Salesforce) -> None:
    first, second, *_ = org.known("Contact")
    nobody = org.numbers["Contact"].take(1)[0]
    found = records_by_id(client, "Contact", [second, nobody, first[:15]], "IsDeleted")
    assert found == {first: (False,), second: (False,)}


def records_by_id(client: Salesforce, sobject: str, ids: list[str], *fields: str) -> Any:  # noqa: ANN401 - fields of any type
    listed = ",".join(f"'{record_id}'" for record_id in ids)
    soql = f"SELECT Id, {', '.join(fields)} FROM {sobject} WHERE Id IN ({listed}) ORDER BY Id"
    found = client.query(soql, include_deleted=True)["records"]
    return {record["Id"]: tuple(record[name] for name in fields) for record in found}


def test_describe_names_the_fields_with_their_types(client: Salesforce) -> None:
    described = client.TaskWhoRelation.describe()
    fields = {field["name"]: field["type"] for field in described["fields"]}
    assert fields["SystemModstamp"] == "datetime"
    assert fields["TaskId"] == "reference"
    assert described["keyPrefix"] == "0RT"


def test_the_objects_of_the_org_are_listed(client: Salesforce) -> None:
    names = {sobject["name"] for sobject in client.describe()["sobjects"]}
    assert names == {"TaskWhoRelation", "Task", "Contact", "Lead", "User"}


def test_the_limits_count_calls(client: Salesforce) -> None:
    before = client.limits()["DailyApiRequests"]["Remaining"]
    client.query("SELECT COUNT() FROM User")
    after = client.limits()["DailyApiRequests"]["Remaining"]
    assert before - after == 2
    assert client.api_usage["api-usage"].total == 100_000


def test_the_list_of_deletes_has_relations_that_were_removed(
    session: requests.Session,
) -> None:
    with Sandbox(rows=50) as org:
        token = org.settings("access_token")["access_token"]
        client = log_in(org, session, instance_url="https://org.example", session_id=token)
        start = org.now
        gone = org.hard_delete(3)
        org.advance_clock(180)
        found = client.TaskRelation.deleted(start, org.now)
    assert {record["id"] for record in found["deletedRecords"]} == set(gone)


def test_a_window_ignores_milliseconds(org: Sandbox, client: Salesforce) -> None:
    stamp = max(row["SystemModstamp"] for row in org.truth())
    second = stamp.removesuffix(".000+0000")
    soql = "SELECT COUNT() FROM TaskWhoRelation WHERE SystemModstamp >= {}.900Z"
    assert client.query(soql.format(second), include_deleted=True)["totalSize"] > 0
