"""Answers that never end, or are too large: bounded by the clock and in bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.errors import QueryTimeout, TapError
from tap_salesforce_taskwho.errors.requests import RETRIES_EXHAUSTED
from tap_salesforce_taskwho.salesforce.http.unpacking import unpacked

from tests.sandbox import Sandbox
from tests.sandbox.faults.kinds import DRAWN_OUT
from tests.support.reading import COUNT, PAGE, client_of
from tests.support.tap_run import run_tap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.sandbox.api.requests import Request

pytestmark = pytest.mark.usefixtures("no_waits")
TRICKLED = [kind for kind in DRAWN_OUT if kind.startswith("trickled")]
OVERSIZED = [kind for kind in DRAWN_OUT if kind.startswith("oversized")]
TOKEN, VERSIONS = "/services/oauth2/token", "/services/data/"
TRANSPORT = "tap_salesforce_taskwho.salesforce.transport"


@pytest.mark.parametrize("kind", TRICKLED)
@pytest.mark.parametrize("path", ["/query", TOKEN, VERSIONS])
def test_the_time_out_is_for_the_whole_request(kind: str, path: str) -> None:
    """An answer that trickled to its end would take a thousand days."""
    with Sandbox(rows=20) as org:
        org.faults.add(kind, where=lambda asked: asked == path or path in asked[-10:])
        client = client_of(org, request_timeout_seconds=1, max_attempts=1)
        with pytest.raises(TapError, match=r"did not answer in time|took too long") as caught:
            client.server_now() if path == VERSIONS else client.count(COUNT, endpoint="query")
        client.close()
        assert caught.value.problem is RETRIES_EXHAUSTED


def test_a_trickle_that_ends_in_time_is_an_answer() -> None:
    with Sandbox(rows=20) as org:
        org.faults.trickled_bytes, org.faults.trickle_seconds = 50, 0.001
        org.faults.add(*TRICKLED, times=1)
        client = client_of(org)
        pages = [client.query(PAGE, endpoint="queryAll", page_size=2000) for _ in TRICKLED]
        client.close()
        assert {(len(page.body.records), page.cost.attempts) for page in pages} == {(20, 1)}


@pytest.mark.parametrize("kind", OVERSIZED)
def test_no_more_than_the_bound_is_read(kind: str, read: list[int]) -> None:
    with Sandbox(rows=20) as org:
        org.faults.oversize_bytes = 300 << 20
        org.faults.add(kind)
        client = client_of(org)
        with pytest.raises(QueryTimeout, match="more than 64 MB"):
            client.query(PAGE, endpoint="queryAll", page_size=2000)
        client.close()
        assert sum(read) < 66 << 20
        assert len(org.queries()) == 1


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of all pieces that come from the socket."""
    sizes: list[int] = []

    def counting(pieces: Iterable[bytes], encoding: str, *, most: int) -> bytes:
        def counted() -> Iterable[bytes]:
            for piece in pieces:
                sizes.append(len(piece))
                yield piece

        return unpacked(counted(), encoding, most=most)

    monkeypatch.setattr(f"{TRANSPORT}.unpacked", counting)
    return sizes


def asks_for_more_than(rows: int) -> Callable[[Request], bool]:
    def when(request: Request) -> bool:
        limit = re.search(r"LIMIT (\d+)", request.soql)
        return limit is not None and int(limit[1]) > rows

    return when


@pytest.mark.parametrize("kind", OVERSIZED)
def test_a_page_that_is_too_large_is_asked_for_in_halves(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{TRANSPORT}.LARGEST_ANSWER", 1 << 20)
    with Sandbox(rows=1_500) as org:
        org.faults.oversize_bytes = 3 << 20
        org.faults.add(kind, when=asks_for_more_than(500))
        result = run_tap(org, tmp_path)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()


@pytest.mark.parametrize("kind", OVERSIZED)
@pytest.mark.parametrize("path", [TOKEN, VERSIONS, "COUNT"])
def test_another_answer_that_is_too_large_does_no_harm(
    tmp_path: Path, kind: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{TRANSPORT}.LARGEST_ANSWER", 1 << 20)
    with Sandbox(rows=300) as org:
        org.faults.oversize_bytes = 3 << 20
        org.faults.add(
            kind,
            times=1,
            where=lambda _: True,
            when=lambda request: path in request.soql or path == request.path,
        )
        result = run_tap(org, tmp_path)
        assert org.faults.struck == [kind]
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()


@pytest.mark.parametrize("kind", ["unsorted", "duplicate_ids", "below_cursor", "empty_not_done"])
def test_a_page_that_does_not_lead_on_is_asked_for_again(tmp_path: Path, kind: str) -> None:
    with Sandbox(rows=300) as org:
        org.faults.add(kind, times=2, when=follows_a_page)
        result = run_tap(org, tmp_path, page_size=200)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()
        org.faults.add(kind, when=follows_a_page)
        stubborn = run_tap(org, tmp_path, page_size=200, max_attempts=3, mode="full")
        assert stubborn.code == 1
        assert "A page failed 3 times" in stubborn.last_line
        assert re.search("though Ids must ascend|that more rows follow", stubborn.last_line)
        assert stubborn.ids() == org.relation_ids()[:200]


def follows_a_page(request: Request) -> bool:
    return "Id > " in request.soql
