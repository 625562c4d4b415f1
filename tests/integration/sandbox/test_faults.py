"""Every fault of the sandbox org, and when it strikes."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import ANSWERS, DRAWN_OUT, KINDS, TRANSIENT
from tests.sandbox.faults.pages import PAGE_FAULTS
from tests.sandbox.reader import ROOT, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM = "SELECT Id, TaskId FROM TaskWhoRelation ORDER BY Id"


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=100) as sandbox:
        sandbox.faults.slow_seconds = 0.1
        yield sandbox


@pytest.fixture
def reader(org: Sandbox) -> Iterator[Reader]:
    with Reader(org) as made:
        yield made


@pytest.mark.parametrize("kind", ["reset", "slow", "truncated", "truncated_page"])
def test_a_connection_breaks(org: Sandbox, reader: Reader, kind: str) -> None:
    org.faults.add(kind, times=1)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        reader.ask(FROM)
    assert reader.ask(FROM).status_code == 200
    assert org.faults.struck == [kind]
    assert [request.fault for request in org.requests] == [kind, None]


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_a_fault_answers_in_place_of_the_org(org: Sandbox, reader: Reader, kind: str) -> None:
    org.faults.add(kind, times=1)
    status, body, headers = ANSWERS[kind]
    answer = reader.session.get(
        f"{org.url}{ROOT}/query", params={"q": FROM}, allow_redirects=False, timeout=60
    )
    assert (answer.status_code, answer.content) == (status, body)
    assert set(headers) <= set(answer.headers)
    assert reader.ask(FROM).status_code == 200


def test_a_client_that_follows_a_redirect_shows(org: Sandbox, reader: Reader) -> None:
    org.faults.add("redirect", times=1)
    assert reader.ask(FROM).status_code == 404
    assert [request.path for request in org.violations()] == ["/elsewhere"]


def spoilt(org: Sandbox, reader: Reader, kind: str) -> dict[str, Any]:
    org.faults.add(kind, times=1)
    answer = reader.ask(FROM, "queryAll")
    assert answer.status_code == 200
    page: dict[str, Any] = json.loads(answer.content)
    return page


def test_a_record_of_the_wrong_shape_keeps_its_id(org: Sandbox, reader: Reader) -> None:
    page = spoilt(org, reader, "wrong_record")
    wrong = [r for r in page["records"] if not isinstance(r["TaskId"], str)]
    assert len(wrong) == 1
    assert wrong[0]["Id"] in org.table("TaskWhoRelation")


def test_a_record_can_be_null_or_without_an_id(org: Sandbox, reader: Reader) -> None:
    assert spoilt(org, reader, "no_record")["records"].count(None) == 1
    assert sum("Id" not in r for r in spoilt(org, reader, "no_id")["records"]) == 1


@pytest.mark.parametrize("kind", ["unsorted", "duplicate_ids"])
def test_a_page_can_be_out_of_order(org: Sandbox, reader: Reader, kind: str) -> None:
    ids = [record["Id"] for record in spoilt(org, reader, kind)["records"]]
    assert any(first >= second for first, second in pairwise(ids))


def test_a_page_can_hold_an_id_below_the_cursor(org: Sandbox, reader: Reader) -> None:
    page = spoilt(org, reader, "below_cursor")
    assert page["records"][0]["Id"] < min(org.table("TaskWhoRelation"))


def test_a_page_can_be_empty_and_not_done(org: Sandbox, reader: Reader) -> None:
    page = spoilt(org, reader, "empty_not_done")
    assert (page["records"], page["done"]) == ([], False)
    page = spoilt(org, reader, "not_done_without_url")
    assert not page["done"]
    assert "nextRecordsUrl" not in page


def test_faults_strike_the_nth_request(org: Sandbox, reader: Reader) -> None:
    org.faults.add("503", nth={2, 4})
    assert [reader.ask(FROM).status_code for _ in range(5)] == [200, 503, 200, 503, 200]


def test_faults_strike_one_kind_after_the_other(org: Sandbox, reader: Reader) -> None:
    org.faults.add("500", "503", times=2)
    codes = [reader.ask(FROM).status_code for _ in range(5)]
    assert codes == [500, 500, 503, 503, 200]


def test_faults_strike_at_a_rate_that_the_seed_repeats() -> None:
    def struck() -> list[int]:
        with Sandbox(rows=20) as org, Reader(org) as reader:
            org.faults.add("500", "502", "503", rate=0.3)
            return [reader.ask(FROM).status_code for _ in range(200)]

    codes = struck()
    assert codes == struck()
    assert 30 <= sum(code != 200 for code in codes) <= 90
    assert set(codes) == {200, 500, 502, 503}


def test_faults_strike_the_selected_paths_and_requests(org: Sandbox, reader: Reader) -> None:
    org.faults.add("503", where=lambda path: path.endswith("/limits"))
    org.faults.add("500", when=lambda request: "COUNT" in str(request.soql))
    assert reader.get(f"{ROOT}/limits").status_code == 503
    assert reader.ask("SELECT COUNT() FROM Task").status_code == 500
    assert reader.ask(FROM).status_code == 200
    org.faults.clear()
    assert reader.get(f"{ROOT}/limits").status_code == 200


def test_the_org_can_be_down_for_good(org: Sandbox, reader: Reader) -> None:
    org.faults.slow_seconds = 0
    org.faults.add(*TRANSIENT)
    for _ in range(60):
        try:
            answer = reader.ask(FROM)
        except requests.RequestException:
            continue
        with pytest.raises((ValueError, KeyError, TypeError)):
            [record["Id"] for record in json.loads(answer.content)["records"]]
    assert len(org.faults.struck) == 60
    assert len(set(org.faults.struck)) > 10


def test_an_unknown_fault_is_an_error(org: Sandbox) -> None:
    with pytest.raises(ValueError, match="no such faults"):
        org.faults.add("thunder")


@pytest.mark.parametrize("kind", DRAWN_OUT)
def test_a_drawn_out_answer_is_the_orgs_own(org: Sandbox, reader: Reader, kind: str) -> None:
    org.faults.trickled_bytes, org.faults.trickle_seconds = 20, 0.001
    org.faults.oversize_bytes = 3_000_000
    expected = reader.ask(FROM).json()
    org.faults.add(kind, times=1)
    answer = reader.ask(FROM)
    assert answer.json() == expected
    assert (len(answer.content) > 3_000_000) is kind.startswith("oversized")


@pytest.mark.parametrize("kind", [kind for kind in DRAWN_OUT if kind.startswith("trickled")])
def test_a_trickle_does_not_delay_the_end_of_the_org(kind: str) -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        org.faults.trickle_seconds = 10**6
        org.faults.add(kind)
        with suppress(requests.RequestException):
            reader.session.get(f"{org.url}{ROOT}/query", params={"q": FROM}, timeout=0.1)


def test_this_file_tests_every_kind() -> None:
    connection = {"reset", "slow", "truncated"}
    assert set(KINDS) == connection | set(DRAWN_OUT) | set(ANSWERS) | set(PAGE_FAULTS)
    assert set(TRANSIENT) <= set(KINDS)


def test_a_slow_answer_does_not_delay_the_end_of_the_org() -> None:
    with Sandbox(rows=20) as org, Reader(org) as reader:
        org.faults.slow_seconds = 10**6
        org.faults.add("slow")
        with pytest.raises(requests.ReadTimeout):
            reader.session.get(f"{org.url}{ROOT}/query", params={"q": FROM}, timeout=0.2)
