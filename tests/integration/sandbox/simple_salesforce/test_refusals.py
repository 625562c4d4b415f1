"""What the org refuses, with simple-salesforce."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import DRAWN_OUT
from tests.support.comparing.simple_client import log_in

if TYPE_CHECKING:
    import requests
    from simple_salesforce.api import Salesforce


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
