"""What goes wrong on the way, and what the client does about it."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho import errors
from tap_salesforce_taskwho.errors.requests import RETRIES_EXHAUSTED

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import TRANSIENT
from tests.support.reading import COUNT, PAGE, client_of

pytestmark = pytest.mark.usefixtures("no_waits")


@pytest.mark.parametrize("kind", [*TRANSIENT, "429", "429_daily_limit"])
def test_what_passes_is_tried_again(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with Sandbox(rows=20) as org:
        org.faults.add(kind, times=1)
        client = client_of(org)
        page = client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        assert (len(page.body.records), page.cost.attempts) == (20, 2)
        assert "A page failed: " in caplog.text
        assert "Attempt 1 of 8" in caplog.text


@pytest.mark.parametrize("kind", TRANSIENT)
def test_what_does_not_pass_ends_with_the_last_attempt(kind: str) -> None:
    with Sandbox(rows=20) as org:
        org.faults.add(kind)
        client = client_of(org, max_attempts=3)
        with pytest.raises(errors.TapError, match="A page failed 3 times") as caught:
            client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        assert caught.value.problem is RETRIES_EXHAUSTED
        assert "Run again to go on" in str(caught.value)
        assert len(org.queries()) == 3


def test_many_faults_cost_attempts_and_no_rows() -> None:
    with Sandbox(rows=20, seed=5) as org:
        org.faults.add(*TRANSIENT, rate=0.2)
        client = client_of(org)
        pages = [client.query(PAGE, endpoint="query", page_size=2000) for _ in range(50)]
        client.close()
        assert all(page.body.records == pages[0].body.records for page in pages)
        assert sum(page.cost.attempts for page in pages) == len(org.queries()) > 50


def test_an_answer_that_takes_too_long_is_asked_for_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Sandbox(rows=20) as org:
        org.faults.add("slow", times=1)
        client = client_of(org, request_timeout_seconds=1)
        assert client.query(PAGE, endpoint="queryAll", page_size=2000).cost.attempts == 2
        client.close()
        assert "127.0.0.1 did not answer in time" in caplog.text


def test_an_org_that_is_not_there_is_reported_by_its_host() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, max_attempts=2)
    with pytest.raises(errors.TapError, match=r"127\.0\.0\.1 was refused or lost"):
        client.server_now()
    client.close()


def test_the_clock_is_asked_again_when_a_page_of_maintenance_answers() -> None:
    with Sandbox(rows=1) as org:
        org.faults.add("html_200", "503", times=1, where=lambda path: path == "/services/data/")
        client = client_of(org)
        assert client.server_now()
        client.close()
        assert len(org.faults.struck) > 0


@pytest.mark.parametrize("kind", ["429", "503", "long_txn"])
def test_the_org_asking_for_fewer_requests_is_counted(kind: str) -> None:
    with Sandbox(rows=1) as org:
        org.faults.add(kind, times=1)
        client = client_of(org)
        client.count(COUNT, endpoint="query")
        client.close()
        assert client.throttled == 1


def test_an_expired_token_is_renewed_once() -> None:
    with Sandbox(rows=20) as org:
        client = client_of(org)
        client.count(COUNT, endpoint="query")
        org.expire_tokens()
        assert client.query(PAGE, endpoint="query", page_size=2000).cost.attempts == 2
        assert client.query(PAGE, endpoint="query", page_size=2000).cost.attempts == 1
        client.close()
        assert org.login.issued == 2


def test_a_token_refused_twice_in_a_row_is_fatal() -> None:
    with Sandbox(rows=20) as org:
        org.faults.add("expired")
        client = client_of(org)
        with pytest.raises(errors.UserError, match="two tokens in a row"):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(org.queries()) == 2
        assert org.login.issued == 2


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("query_timeout", errors.QueryTimeout, "two minutes"),
        ("daily_limit", errors.QuotaReached, "The next run goes on where this one ended"),
        ("too_large", errors.UserError, "View All Data"),
        ("redirect", errors.UserError, "My Domain"),
        ("not_for_rest", errors.UserError, r"Manage user data via APIs \(api\)"),
        ("password_expired", errors.UserError, "Password Never Expires"),
    ],
)
def test_what_waiting_cannot_fix_ends_at_once(
    kind: str, error: type[errors.TapError], words: str
) -> None:
    with Sandbox(rows=20) as org:
        org.faults.add(kind)
        client = client_of(org)
        with pytest.raises(error, match=words):
            client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        assert len(org.queries()) == 1


def test_an_org_that_refuses_query_all_is_read_through_query() -> None:
    with Sandbox(rows=20, deleted=0, queryall_refused=True) as org:
        client = client_of(org)
        with pytest.raises(errors.QueryAllRefused):
            client.query(PAGE, endpoint="queryAll", page_size=2000)
        assert len(client.query(PAGE, endpoint="query", page_size=2000).body.records) == 20
        client.close()


def test_without_shared_activities_cause_and_fix_are_reported() -> None:
    with Sandbox(rows=20, shared_activities_off=True) as org:
        client = client_of(org)
        with pytest.raises(errors.UserError, match="Switch on Shared Activities") as caught:
            client.query(PAGE, endpoint="query", page_size=2000)
        client.close()
        assert "INVALID_TYPE" in str(caught.value)


def test_a_field_the_org_does_not_have_is_reported() -> None:
    with Sandbox(rows=20) as org:
        client = client_of(org)
        query = PAGE.replace("SELECT Id", "SELECT Id, NotThere__c")
        with pytest.raises(errors.UserError, match=r"INVALID_FIELD: .*field-level security"):
            client.query(query, endpoint="query", page_size=2000)
        client.close()


def test_a_version_the_org_does_not_serve_is_reported() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org, api_version="99.0")
        with pytest.raises(errors.UserError, match="Check api_version") as caught:
            client.count(COUNT, endpoint="query")
        client.close()
        assert caught.value.exit_code == 2


def test_a_wait_ends_when_the_tap_is_asked_to_stop() -> None:
    with Sandbox(rows=1) as org:
        org.faults.add("429")
        client = client_of(org, should_stop=lambda: "429" in org.faults.struck)
        with pytest.raises(errors.Stopped):
            client.count(COUNT, endpoint="query")
        client.close()
        assert len(org.queries()) == 1
