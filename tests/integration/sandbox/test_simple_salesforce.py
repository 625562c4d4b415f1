"""The sandbox org with simple-salesforce, a client that this project did not write."""

# ruff: noqa: S608 - SOQL of the tests' own

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import DRAWN_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 4_500


class ToLoopback(HTTPAdapter):
    """Sends https requests for any host to the org: this client knows https alone."""

    def __init__(self, org: Sandbox) -> None:
        self.org = org
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401 - as the base class
        """Send a request to the org."""
        path = request.path_url
        request.url = self.org.url + path
        return super().send(request, *args, **more)


def log_in(org: Sandbox, session: requests.Session, **secrets: str) -> Salesforce:
    session.mount("https://", ToLoopback(org))
    return Salesforce(session=session, version="64.0", **secrets)


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


@pytest.fixture
def changing() -> Iterator[Sandbox]:
    with Sandbox(rows=200) as sandbox:
        yield sandbox


@pytest.fixture
def client(org: Sandbox, session: requests.Session) -> Salesforce:
    return with_token(org, session)


def with_token(org: Sandbox, session: requests.Session) -> Salesforce:
    token = org.settings("access_token")["access_token"]
    return log_in(org, session, instance_url="https://org.example", session_id=token)


def test_query_hides_the_recycle_bin_and_query_all_shows_it(
    org: Sandbox, client: Salesforce
) -> None:
    deleted = sum(row["IsDeleted"] for row in org.truth())
    soql = "SELECT COUNT() FROM TaskWhoRelation"
    assert deleted
    assert client.query(soql)["totalSize"] == ROWS - deleted
    assert client.query(soql, include_deleted=True)["totalSize"] == ROWS


def test_every_record_arrives_as_the_org_holds_it(org: Sandbox, client: Salesforce) -> None:
    fields = ", ".join(org.truth()[0])
    soql = f"SELECT {fields} FROM TaskWhoRelation ORDER BY Id"
    found = client.query_all(soql, include_deleted=True)
    records = [{k: v for k, v in r.items() if k != "attributes"} for r in found["records"]]
    assert records == sorted(org.truth(), key=lambda row: row["Id"])
    assert found["totalSize"] == ROWS
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


def records_by_id(client: Salesforce, sobject: str, ids: list[str], *fields: str) -> Any:  # noqa: ANN401 - fields of any type
    listed = ",".join(f"'{record_id}'" for record_id in ids)
    soql = f"SELECT Id, {', '.join(fields)} FROM {sobject} WHERE Id IN ({listed}) ORDER BY Id"
    found = client.query(soql, include_deleted=True)["records"]
    return {record["Id"]: tuple(record[name] for name in fields) for record in found}


def test_an_id_in_a_list_may_be_unknown_or_short(org: Sandbox, client: Salesforce) -> None:
    first, second, *_ = org.known("Contact")
    nobody = org.numbers["Contact"].take(1)[0]
    found = records_by_id(client, "Contact", [second, nobody, first[:15]], "IsDeleted")
    assert found == {first: (False,), second: (False,)}


def test_a_merged_contact_is_in_the_recycle_bin_and_names_the_one_it_became(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    before = {row["Id"]: row for row in org.truth()}
    loser = next(row["RelationId"] for row in before.values() if row["Type"] == "Contact")
    winner = next(i for i in org.known("Contact") if i != loser)
    moved = org.merge_contacts([loser], winner)
    after = {row["Id"]: row for row in org.truth()}
    found = records_by_id(client, "Contact", [winner, loser], "IsDeleted", "MasterRecordId")
    assert found == {winner: (False, None), loser: (True, winner)}
    assert moved
    assert {after[i]["RelationId"] for i in moved if i in after} <= {winner}
    assert all(
        after[i]["SystemModstamp"] == before[i]["SystemModstamp"] for i in moved if i in after
    )


def test_a_converted_lead_names_its_contact_and_is_not_deleted(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    relation = org.convert_leads(1, moves=False)[0]
    lead = org.table("TaskWhoRelation")[relation]["RelationId"]
    fields = ("IsConverted", "ConvertedContactId", "IsDeleted")
    is_converted, contact, is_deleted = records_by_id(client, "Lead", [lead], *fields)[lead]
    assert (is_converted, is_deleted) == (True, False)
    assert contact in org.known("Contact")


def test_a_contact_in_the_recycle_bin_was_merged_into_none(
    changing: Sandbox, session: requests.Session
) -> None:
    org, client = changing, with_token(changing, session)
    gone = org.known("Contact")[2]
    org.delete_contacts(gone)
    found = records_by_id(client, "Contact", [gone], "IsDeleted", "MasterRecordId")
    assert found == {gone: (True, None)}


def test_an_inactive_user_is_shown_as_such(changing: Sandbox, session: requests.Session) -> None:
    org, client = changing, with_token(changing, session)
    leaver, stays, *_ = org.known("User")
    org.deactivate_users([leaver])
    assert records_by_id(client, "User", [leaver, stays], "IsActive") == {
        leaver: (False,),
        stays: (True,),
    }


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


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT Id FROM TaskWhoRelation ALL ROWS", "MALFORMED_QUERY"),
        ("SELECT Id FROM TaskWhoRelation LIMIT 1 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
        ("SELECT Colour FROM TaskWhoRelation", "INVALID_FIELD"),
        ("SELECT Id FROM Weather", "INVALID_TYPE"),
        ("SELECT Id FROM Task WHERE SystemModstamp > '2024-01-01'", "INVALID_FIELD"),
    ],
)
def test_a_query_that_salesforce_refuses_is_refused(
    client: Salesforce, soql: str, code: str
) -> None:
    with pytest.raises(SalesforceMalformedRequest) as refused:
        client.query(soql)
    assert refused.value.content[0]["errorCode"] == code


def test_an_unknown_locator_is_refused(client: Salesforce) -> None:
    with pytest.raises(SalesforceMalformedRequest) as refused:
        client.query_more("01gNowhere-2000")
    assert refused.value.content[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_an_expired_token_is_refused(org: Sandbox, client: Salesforce) -> None:
    org.expire_tokens()
    with pytest.raises(SalesforceExpiredSession) as refused:
        client.query("SELECT COUNT() FROM User")
    assert refused.value.content[0]["errorCode"] == "INVALID_SESSION_ID"


def test_an_unknown_path_is_not_found(client: Salesforce) -> None:
    with pytest.raises(SalesforceResourceNotFound):
        client.restful("sobjects/Weather/describe")


def test_a_write_is_refused_as_a_violation(org: Sandbox, client: Salesforce) -> None:
    before = len(org.violations())
    with pytest.raises(SalesforceGeneralError) as refused:
        client.Contact.create({"LastName": "Nobody"})
    assert refused.value.status == 405
    assert len(org.violations()) == before + 1


def test_calls_over_the_daily_limit_are_refused(session: requests.Session) -> None:
    with Sandbox(rows=20, api_used=10, api_max=10) as org:
        token = org.settings("access_token")["access_token"]
        client = log_in(org, session, instance_url="https://org.example", session_id=token)
        with pytest.raises(SalesforceRefusedRequest) as refused:
            client.query("SELECT COUNT() FROM User")
    assert refused.value.content[0]["errorCode"] == "REQUEST_LIMIT_EXCEEDED"


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


def test_it_logs_in_by_client_credentials(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("client_credentials")
    client = log_in(
        org,
        session,
        consumer_key=secret["client_id"],
        consumer_secret=secret["client_secret"],
        domain="acme.my",
    )
    assert client.query("SELECT COUNT() FROM Lead")["totalSize"] > 0


def test_it_logs_in_by_a_signed_assertion(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("jwt_bearer")
    client = log_in(
        org,
        session,
        username=secret["username"],
        consumer_key=secret["client_id"],
        privatekey=secret["private_key"],
    )
    assert client.query("SELECT COUNT() FROM Lead")["totalSize"] > 0


def test_a_wrong_secret_does_not_log_in(org: Sandbox, session: requests.Session) -> None:
    secret = org.settings("client_credentials")
    with pytest.raises(SalesforceAuthenticationFailed) as refused:
        log_in(
            org,
            session,
            consumer_key=secret["client_id"],
            consumer_secret="wrong",
            domain="acme.my",
        )
    assert refused.value.code == "invalid_client"


def test_a_count_can_time_out_where_pages_come_through(session: requests.Session) -> None:
    with Sandbox(rows=20, slow_counts=True) as org:
        token = org.settings("access_token")["access_token"]
        client = log_in(org, session, instance_url="https://org.example", session_id=token)
        with pytest.raises(SalesforceMalformedRequest) as refused:
            client.query("SELECT COUNT() FROM TaskWhoRelation")
        assert client.query("SELECT Id FROM Lead LIMIT 1")["totalSize"] == 1
    assert refused.value.content[0]["errorCode"] == "QUERY_TIMEOUT"


def test_a_login_can_be_slow(session: requests.Session) -> None:
    with Sandbox(rows=20, login_latency_ms=200) as org:
        secret = org.settings("client_credentials")
        began = time.monotonic()
        log_in(
            org,
            session,
            consumer_key=secret["client_id"],
            consumer_secret=secret["client_secret"],
            domain="acme.my",
        )
    assert time.monotonic() - began >= 0.2


def test_a_hidden_field_is_as_if_it_did_not_exist(session: requests.Session) -> None:
    with Sandbox(rows=20, hidden=["Contact.Phone"]) as org:
        token = org.settings("access_token")["access_token"]
        client = log_in(org, session, instance_url="https://org.example", session_id=token)
        assert "Phone" not in {field["name"] for field in client.Contact.describe()["fields"]}
        with pytest.raises(SalesforceMalformedRequest) as refused:
            client.query("SELECT Id, Phone FROM Contact")
        assert client.query("SELECT Id, Phone FROM Lead LIMIT 1")["totalSize"] == 1
    assert refused.value.content[0]["errorCode"] == "INVALID_FIELD"
    assert "No such column 'Phone' on entity 'Contact'" in refused.value.content[0]["message"]


@pytest.mark.parametrize("kind", DRAWN_OUT)
def test_an_answer_that_trickles_or_is_too_large_is_an_answer(
    session: requests.Session, kind: str
) -> None:
    with Sandbox(rows=20) as org:
        token = org.settings("access_token")["access_token"]
        client = log_in(org, session, instance_url="https://org.example", session_id=token)
        org.faults.trickled_bytes, org.faults.trickle_seconds = 20, 0.001
        org.faults.oversize_bytes = 3_000_000
        org.faults.add(kind, times=1)
        assert client.query("SELECT COUNT() FROM TaskWhoRelation")["totalSize"] > 0
        assert org.faults.struck == [kind]
