"""What the client reads from an org, and at what cost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tap_salesforce_taskwho.errors import DeletesNoLongerKept, QuotaReached

from tests.sandbox import Sandbox
from tests.support.reading import COUNT, FIELDS, PAGE, client_of

FLOWS = ["client_credentials", "jwt_bearer", "refresh_token", "password", "access_token"]


@pytest.mark.parametrize("flow", FLOWS)
def test_every_flow_reads_the_same_rows(flow: str) -> None:
    with Sandbox(rows=50) as org:
        client = client_of(org, flow)
        page = client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        truth = [{name: row[name] for name in FIELDS} for row in org.truth()]
        assert page.body.records == sorted(truth, key=lambda row: row["Id"])
        assert page.body.done
        assert (page.cost.attempts, page.body.total_size) == (1, 50)
        assert client.org_id == org.login.org_id
        assert org.violations() == []


def test_nothing_is_sent_before_something_is_asked() -> None:
    with Sandbox(rows=1) as org:
        client_of(org).close()
        assert org.requests == []


def test_a_page_that_came_short_is_not_the_last_one() -> None:
    with Sandbox(rows=300, page_cap=100) as org:
        client = client_of(org)
        page = client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        assert len(page.body.records) < 300
        assert not page.body.done


def test_the_page_size_is_asked_for() -> None:
    with Sandbox(rows=300) as org:
        client = client_of(org)
        page = client.query(PAGE, endpoint="queryAll", page_size=200)
        client.close()
        assert len(page.body.records) == 200
        assert not page.body.done


def test_packed_answers_are_unpacked() -> None:
    with Sandbox(rows=30, gzip=True) as org:
        client = client_of(org)
        assert len(client.query(PAGE, endpoint="queryAll", page_size=2000).body.records) == 30
        client.close()


def test_query_leaves_out_what_query_all_shows() -> None:
    with Sandbox(rows=40, deleted=0) as org:
        org.soft_delete(10)
        client = client_of(org)
        assert client.count(COUNT, endpoint="queryAll") == 40
        assert client.count(COUNT, endpoint="query") == 30
        assert len(client.query(PAGE, endpoint="query", page_size=2000).body.records) == 30
        client.close()


@pytest.mark.parametrize("offset", [-3600, 3600])
def test_the_orgs_clock_is_given_and_not_this_machines(offset: int) -> None:
    with Sandbox(rows=1, clock_offset_seconds=offset) as org:
        client = client_of(org)
        assert abs(client.server_now() - org.now) < timedelta(minutes=1)
        assert client.usage.run_calls == 0
        client.close()


@pytest.mark.parametrize("offset", [-3600, 3600])
def test_an_assertion_is_timed_by_the_orgs_clock(offset: int) -> None:
    with Sandbox(rows=1, clock_offset_seconds=offset) as org:
        client = client_of(org, "jwt_bearer")
        assert client.count(COUNT, endpoint="query") == 1
        client.close()


def test_deletes_that_no_query_shows_are_listed() -> None:
    with Sandbox(rows=40) as org:
        gone = org.hard_delete(3)
        org.advance_clock(120)
        client = client_of(org)
        deleted = client.deleted("TaskRelation", org.now - timedelta(hours=1), org.now).body
        client.close()
        assert sorted(gone) == sorted(record["id"] for record in deleted.records)
        assert len(gone) == 3
        dates = [datetime.fromisoformat(record["deletedDate"]) for record in deleted.records]
        assert all(org.now - timedelta(hours=1) < at < org.now for at in dates)
        assert deleted.earliest_date_available < deleted.latest_date_covered <= org.now


def test_deletes_of_long_ago_ask_for_a_full_run() -> None:
    with Sandbox(rows=1) as org:
        client = client_of(org)
        with pytest.raises(DeletesNoLongerKept):
            client.deleted("TaskRelation", org.now - timedelta(days=60), org.now)
        client.close()


@pytest.mark.parametrize(
    "limit_info",
    [
        "api-usage={used}/{max}",
        "api-usage={used}/{max}; per-app-api-usage=17/250(appName=sample)",
        "api-bursts=1/750; api-usage={used}/{max}",
    ],
)
def test_the_cost_comes_with_the_page(limit_info: str) -> None:
    with Sandbox(rows=1, api_used=100, limit_info=limit_info) as org:
        client = client_of(org)
        client.count(COUNT, endpoint="query")
        page = client.query(PAGE, endpoint="query", page_size=2000)
        client.close()
        assert (page.cost.api_used, page.cost.api_max, client.usage.run_calls) == (102, 100_000, 2)


def test_a_run_stops_at_its_share_of_the_calls() -> None:
    with Sandbox(rows=1, api_used=0, api_max=8) as org:
        client = client_of(org)
        client.check_quota()
        client.count(COUNT, endpoint="query")
        client.check_quota()
        client.count(COUNT, endpoint="query")
        with pytest.raises(QuotaReached, match="api_quota_percent_run"):
            client.check_quota()
        client.close()


def test_a_run_that_would_need_too_many_calls_can_be_refused_before() -> None:
    with Sandbox(rows=1, api_used=7_000, api_max=10_000) as org:
        client = client_of(org)
        client.count(COUNT, endpoint="query")
        client.check_quota()
        with pytest.raises(QuotaReached, match="api_quota_percent_total"):
            client.check_quota(1_500)
        client.close()
