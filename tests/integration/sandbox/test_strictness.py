"""The refusals of the sandbox org over HTTP, as the real one is known to refuse."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import chain
from threading import Barrier, Thread

import pytest
import requests

from tests.sandbox import Sandbox
from tests.sandbox.reader import ROOT, Reader

FROM = "SELECT Id FROM TaskWhoRelation"


def test_versions_need_no_token_and_no_call() -> None:
    with Sandbox(rows=20, clock_offset_seconds=-3_600) as org:
        answer = requests.get(f"{org.url}/services/data/", timeout=60)
        assert answer.json()[-1] == {
            "label": "Winter '27",
            "url": "/services/data/v68.0",
            "version": "68.0",
        }
        assert "Sforce-Limit-Info" not in answer.headers
        assert org.api_used == 100
        clock = parsedate_to_datetime(answer.headers["Date"])
        assert timedelta(0) <= org.now - clock < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("version", "status"), [("v64.0", 200), ("v31.0", 200), ("v30.0", 410), ("v99.0", 404)]
)
def test_old_versions_are_refused(version: str, status: int) -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        assert reader.get(f"/services/data/{version}/limits").status_code == status


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({}, "INVALID_AUTH_HEADER"),
        ({"Authorization": "Basic YTpi"}, "INVALID_AUTH_HEADER"),
        ({"Authorization": "Bearer nothing"}, "INVALID_SESSION_ID"),
    ],
)
def test_nothing_else_is_answered_without_a_token(header: dict[str, str], code: str) -> None:
    with Sandbox(rows=20) as org:
        answer = requests.get(f"{org.url}{ROOT}/limits", headers=header, timeout=60)
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (401, code)
        assert org.api_used == 100


def test_tokens_expire_by_the_clock_of_the_org() -> None:
    with Sandbox(rows=20, token_seconds=600) as org, Reader(org) as reader:
        assert reader.ask(FROM).status_code == 200
        org.advance_clock(601)
        assert reader.refusal(FROM)[:2] == (401, "INVALID_SESSION_ID")


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_a_write_is_refused_as_a_violation(method: str) -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        for path in (f"{ROOT}/query", f"{ROOT}/sobjects/Task/describe"):
            answer = reader.session.request(method, org.url + path, timeout=60)
            assert answer.status_code == 405
            assert answer.json()[0]["errorCode"] == "METHOD_NOT_ALLOWED"
        assert len(org.violations()) == 2


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/composite",
        f"{ROOT}/jobs/query",
        f"{ROOT}/sobjects/Task/00T000000000001AAA",  # writes the recently viewed list
        f"{ROOT}/sobjects/Task/updated",
        "/services/apexrest/anything",
        "/services/oauth2/revoke",
        "/",
    ],
)
def test_any_other_path_is_not_found_and_a_violation(path: str) -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        assert reader.get(path).status_code == 404
        assert [request.path for request in org.violations()] == [path]


def test_a_method_in_the_query_is_a_violation() -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        reader.get(f"{ROOT}/limits?_HttpMethod=PATCH")
        assert org.violations()[0].violation == "_HttpMethod overrides the method"


@pytest.mark.parametrize("clause", ["FOR VIEW", "FOR REFERENCE", "UPDATE TRACKING", "OFFSET 1"])
def test_a_clause_with_a_side_effect_is_answered_and_a_violation(clause: str) -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        assert reader.ask(f"{FROM} LIMIT 1 {clause}").status_code == 200
        assert "in a query" in str(org.violations()[0].violation)


def test_reads_are_no_violation() -> None:
    with Sandbox(rows=300) as org, Reader(org) as reader:
        reader.rest(reader.page(FROM, "queryAll", batch=200))
        for path in ("", "/limits", "/sobjects", "/sobjects/TaskWhoRelation/describe"):
            assert reader.get(ROOT + path).status_code == 200
        assert org.violations() == []
        kinds = [request.endpoint for request in org.requests]
        assert kinds == ["queryAll", "more", "resources", "limits", "sobjects", "describe"]


def test_the_log_of_requests_keeps_no_token() -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        reader.ask(FROM)
        request = org.requests[0]
        assert (request.status, request.rows) == (200, 19)
        assert request.query is not None
        assert not any(secret in repr(request) for secret in org.secrets())


def test_a_long_uri_is_refused_in_html() -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        answer = reader.ask(FROM + " " * 17_000)
        assert answer.status_code == 414
        assert answer.headers["Content-Type"].startswith("text/html")
        assert reader.ask(FROM + " " * 10_000, headers={"X": "x" * 9_000}).status_code == 431


@pytest.mark.parametrize(
    ("variant", "header"),
    [
        ("plain", "api-usage=8/1000"),
        ("bursts", "api-usage=8/1000; api-bursts=1/750"),
        (
            "per_app",
            "api-usage=8/1000; per-app-api-usage=17/250(appName=sample-connected-app)",
        ),
        ("none", None),
        ("api-usage={used}/{max};x", "api-usage=8/1000;x"),
    ],
)
def test_the_header_of_the_limits_has_many_forms(variant: str, header: str | None) -> None:
    with (
        Sandbox(rows=20, api_used=7, api_max=1_000, limit_info=variant) as org,
        Reader(org) as reader,
    ):
        assert reader.ask(FROM).headers.get("Sforce-Limit-Info") == header


def test_every_call_over_the_daily_limit_is_refused() -> None:
    with Sandbox(rows=20, api_used=9, api_max=10) as org, Reader(org) as reader:
        assert reader.ask(FROM).status_code == 200
        assert reader.refusal(FROM) == (
            403,
            "REQUEST_LIMIT_EXCEEDED",
            "TotalRequests Limit exceeded.",
        )


def test_gzip_comes_only_when_asked_for() -> None:
    with Sandbox(rows=300) as org, Reader(org) as reader:
        zipped = reader.ask(FROM, headers={"Accept-Encoding": "gzip"})
        plain = reader.ask(FROM, headers={"Accept-Encoding": "identity"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert zipped.content == plain.content
        assert int(zipped.headers["Content-Length"]) < len(plain.content)


def test_a_connection_is_kept() -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        for _ in range(3):
            reader.ask(FROM)
        assert len({request.connection for request in org.requests}) == 1


def test_too_many_queries_at_once_are_refused() -> None:
    with Sandbox(rows=20, latency_ms=1_000, max_concurrency=2) as org:
        barrier = Barrier(4)
        answers: list[int] = []

        def ask() -> None:
            with Reader(org) as reader:
                barrier.wait()
                answers.append(reader.ask(FROM).status_code)

        threads = [Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [200, 200, 403, 403]


def test_a_locator_ends_after_two_days() -> None:
    with Sandbox(rows=300, token_seconds=10**6) as org, Reader(org) as reader:
        page = reader.page(FROM, batch=200)
        org.advance_clock(timedelta(days=2).total_seconds() + 1)
        answer = reader.get(page["nextRecordsUrl"])
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


def test_an_org_without_shared_activities_has_no_relations() -> None:
    with Sandbox(rows=20, shared_activities_off=True) as org, Reader(org) as reader:
        assert reader.refusal(FROM)[:2] == (400, "INVALID_TYPE")
        assert reader.get(f"{ROOT}/sobjects/TaskWhoRelation/describe").status_code == 404
        assert reader.ask("SELECT Id FROM Task").status_code == 200


def test_a_hidden_field_is_in_no_answer() -> None:
    with Sandbox(rows=20, hidden={"TaskWhoRelation.Type"}) as org, Reader(org) as reader:
        assert reader.refusal("SELECT Type FROM TaskWhoRelation")[1] == "INVALID_FIELD"
        described = reader.get(f"{ROOT}/sobjects/TaskWhoRelation/describe").json()
        assert "Type" not in {field["name"] for field in described["fields"]}


def test_query_all_can_be_refused_for_relations_alone() -> None:
    with Sandbox(rows=20, queryall_refused=True) as org, Reader(org) as reader:
        assert reader.refusal(FROM, "queryAll")[:2] == (400, "INVALID_TYPE_FOR_OPERATION")
        assert reader.ask(FROM).status_code == 200
        assert reader.ask("SELECT Id FROM Task", "queryAll").status_code == 200


def test_a_query_with_a_large_limit_can_time_out() -> None:
    with Sandbox(rows=500, slow_above=300) as org, Reader(org) as reader:
        assert reader.refusal(f"{FROM} LIMIT 301")[:2] == (400, "QUERY_TIMEOUT")
        assert reader.ask(f"{FROM} LIMIT 300").status_code == 200


def test_a_query_over_many_rows_can_time_out() -> None:
    with Sandbox(rows=500, slow_scan=300) as org, Reader(org) as reader:
        middle = sorted(row["Id"] for row in org.truth())[300]
        assert reader.refusal(f"{FROM} LIMIT 1")[:2] == (400, "QUERY_TIMEOUT")
        assert reader.ask(f"{FROM} WHERE Id < '{middle}' LIMIT 1").status_code == 200


def test_the_same_seed_makes_the_same_org() -> None:
    def shape(seed: int) -> list[tuple[object, ...]]:
        org = Sandbox(rows=200, seed=seed)
        return [(r["Id"], r["TaskId"], r["RelationId"], r["Type"]) for r in org.truth()]

    assert shape(3) == shape(3) != shape(4)


def test_parents_are_those_that_readers_have() -> None:
    org = Sandbox(rows=2_000)
    known = {record["Id"] for record in chain(*org.parents().values())}
    missing = [
        {row["TaskId"], row["RelationId"], row["CreatedById"]} - known - set(org.table("Lead"))
        for row in org.truth()
    ]
    everything = {i for name in ("Task", "Contact", "User") for i in org.table(name)}
    lost = [ids for ids in missing if ids - everything]
    assert 40 <= sum(map(bool, missing)) <= 80
    assert len(lost) == 2
    healed = {record["Id"] for record in chain(*org.heal(10_000).values())}
    assert healed == everything - known
    assert not org.withheld
