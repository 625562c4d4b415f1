"""The first calls of a first load: few, counted before a page goes out, and refused in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.api.requests import Request

WITHOUT_DELETED = "The org refuses queryAll"


def first_load(org: Sandbox, folder: Path, **settings: Any) -> TapRun:  # noqa: ANN401 - any setting
    return run_tap(org, folder, catalog=selecting(RELATIONS, "sync_batches"), **settings)


def counts(request: Request) -> bool:
    return "COUNT()" in str(request.soql)


def asks_for_the_first_page(request: Request) -> bool:
    return "Relation ORDER BY Id LIMIT" in str(request.soql)


@pytest.mark.parametrize("concurrency", [2, 4, 8])
@pytest.mark.parametrize(("rows", "most"), [(0, 2), (1_500, 2), (3_000, 4)])
def test_a_small_first_load_takes_few_calls(
    tmp_path: Path, rows: int, most: int, concurrency: int
) -> None:
    with Sandbox(rows=rows) as org:
        done = first_load(org, tmp_path, concurrency=concurrency)
        assert done.ids() == org.relation_ids()
        assert len(org.queries()) <= most


def test_one_page_goes_alone_and_the_others_beside_the_count(tmp_path: Path) -> None:
    # the second query of two at once is refused, and sent again
    with Sandbox(rows=20_000, latency_ms=50, max_concurrency=1) as org:
        done = first_load(org, tmp_path, concurrency=8, max_attempts=30)
        assert done.ids() == org.relation_ids()
        first, *others = org.queries()
    assert asks_for_the_first_page(first)
    assert first.status == 200
    assert any(counts(query) for query in others[:8])
    assert any(query.status != 200 for query in others[:8])


def test_every_entry_of_the_journal_knows_the_count(tmp_path: Path) -> None:
    with Sandbox(rows=9_000) as org:
        done = first_load(org, tmp_path, concurrency=8)
        assert {entry["counted"] for entry in done.journal} == {9_000}
        assert sum(entry["attempts"] for entry in done.journal) == len(org.queries())
        assert "9,000 rows to read." in done.log


@pytest.mark.parametrize("refused", [asks_for_the_first_page, counts])
def test_a_refusal_of_queryall_is_reported_once_and_nothing_comes_twice(
    tmp_path: Path, refused: Callable[[Request], bool]
) -> None:
    with Sandbox(rows=9_000) as org:
        org.faults.add("queryall_refused", when=refused, times=1)
        done = first_load(org, tmp_path, concurrency=8)
        assert done.code == 0, done.log
        assert done.ids() == sorted(org.relation_ids(deleted=False))
        assert done.log.count(WITHOUT_DELETED) == 1
        assert {entry["endpoint"] for entry in done.journal} == {"query"}


def test_a_count_that_takes_too_long_is_gone_without(tmp_path: Path) -> None:
    with Sandbox(rows=9_000) as org:
        org.faults.add("query_timeout", when=counts)
        done = first_load(org, tmp_path, concurrency=8)
        assert done.code == 0, done.log
        assert done.ids() == org.relation_ids()
        assert "The tap reads on without it" in done.log
        assert {entry["counted"] for entry in done.journal} == {None}


@pytest.mark.parametrize("failing", [asks_for_the_first_page, counts])
def test_an_error_leaves_one_entry_in_the_journal_and_no_record(
    tmp_path: Path, failing: Callable[[Request], bool]
) -> None:
    with Sandbox(rows=9_000) as org:
        org.faults.add("no_access", when=failing)
        failed = first_load(org, tmp_path, concurrency=8)
        assert (failed.code, failed.ids()) == (2, [])
        assert [entry["outcome"] for entry in failed.journal] == ["failed"]


@pytest.mark.parametrize("spare", [0, 3])
def test_pages_are_given_before_the_quota_ends_the_run(tmp_path: Path, spare: int) -> None:
    # the first page and the count leave `spare` calls
    with Sandbox(rows=9_000, api_used=0, api_max=100) as org:
        stopped = first_load(
            org, tmp_path, concurrency=8, page_size=200, api_quota_percent_run=2 + spare
        )
        assert (stopped.code, org.api_used) == (3, 2 + spare)
        assert "quota will stop this run" in stopped.log
        assert stopped.ids() == org.relation_ids()[: 200 * (1 + spare)]
        assert stopped.journal[-1]["outcome"] == "quota"
