"""The sandbox org as a client sees it that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 4_500


@pytest.fixture(scope="module")
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as sandbox:
        yield sandbox


@pytest.fixture
def client(org: Sandbox) -> Salesforce:
    settings = org.settings("access_token")
    made = Salesforce(
        instance_url=settings["instance_url"], session_id=settings["access_token"], version="64.0"
    )
    made.base_url = f"{org.url}/services/data/v64.0/"  # https is built into the client
    return made


def test_query_hides_the_recycle_bin_and_query_all_shows_it(
    org: Sandbox, client: Salesforce
) -> None:
    deleted = sum(row["IsDeleted"] for row in org.truth())
    soql = "SELECT COUNT() FROM TaskWhoRelation"
    assert client.query(soql)["totalSize"] == ROWS - deleted
    assert client.query(soql, include_deleted=True)["totalSize"] == ROWS


def test_pages_follow_each_other_by_locator(org: Sandbox, client: Salesforce) -> None:
    page = client.query("SELECT Id FROM TaskWhoRelation ORDER BY Id", include_deleted=True)
    ids = [record["Id"] for record in page["records"]]
    while not page["done"]:
        path = page["nextRecordsUrl"].partition("/v64.0/")[2]
        page = client.restful(path)
        ids += [record["Id"] for record in page["records"]]
    assert ids == sorted(row["Id"] for row in org.truth())


def test_describe_names_the_fields_with_their_types(client: Salesforce) -> None:
    fields = {
        f["name"]: f["type"] for f in client.restful("sobjects/TaskWhoRelation/describe")["fields"]
    }
    assert fields["SystemModstamp"] == "datetime"
    assert fields["TaskId"] == "reference"


def test_limits_count_the_calls_made(client: Salesforce) -> None:
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
def test_what_salesforce_would_refuse_is_refused(client: Salesforce, soql: str, code: str) -> None:
    with pytest.raises(SalesforceMalformedRequest) as refused:
        client.query(soql)
    assert refused.value.content[0]["errorCode"] == code


def test_an_expired_token_is_refused(org: Sandbox, client: Salesforce) -> None:
    org.expire_tokens()
    with pytest.raises(SalesforceExpiredSession):
        client.query("SELECT COUNT() FROM User")


def test_a_path_that_is_not_there_is_not_found(client: Salesforce) -> None:
    with pytest.raises(SalesforceResourceNotFound):
        client.restful("sobjects/Weather/describe")


def test_a_write_is_refused_and_seen(org: Sandbox, client: Salesforce) -> None:
    before = len(org.violations())
    with pytest.raises(SalesforceGeneralError) as refused:
        client.restful("sobjects/Contact", method="POST", json={"LastName": "Nobody"})
    assert refused.value.status == 405
    assert len(org.violations()) == before + 1


def test_a_window_ignores_milliseconds(org: Sandbox, client: Salesforce) -> None:
    stamp = max(row["SystemModstamp"] for row in org.truth())
    second = stamp.removesuffix(".000+0000")
    soql = "SELECT COUNT() FROM TaskWhoRelation WHERE SystemModstamp >= {}.900Z"
    assert client.query(soql.format(second), include_deleted=True)["totalSize"] > 0
