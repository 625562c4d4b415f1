"""Several pages in flight: the same rows in the same order, and few more calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, run_tap, selecting

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 30_000


@pytest.mark.parametrize("concurrency", [1, 2, 8, 20])
def test_rows_come_once_and_in_order(tmp_path: Path, concurrency: int) -> None:
    with Sandbox(rows=ROWS) as org:
        assert run_tap(org, tmp_path, concurrency=concurrency).ids() == org.relation_ids()


@pytest.mark.parametrize("concurrency", [1, 2, 8, 20])
def test_pages_in_flight_cost_few_more_calls(tmp_path: Path, concurrency: int) -> None:
    with Sandbox(rows=ROWS) as org:
        run_tap(org, tmp_path, concurrency=concurrency)
        assert len(org.queries()) <= ROWS / 2_000 + 3 * concurrency + 5


def test_pages_are_in_flight_at_the_same_time(tmp_path: Path) -> None:
    # an org that runs one query at a time refuses the others, one that runs four does not
    with Sandbox(rows=ROWS, latency_ms=50, max_concurrency=1) as org:
        assert run_tap(org, tmp_path, concurrency=4).ids() == org.relation_ids()
        refused = [query for query in org.queries() if query.status != 200]
    assert refused


def test_an_org_that_is_asked_too_much_is_asked_for_less(tmp_path: Path) -> None:
    with Sandbox(rows=ROWS, latency_ms=20, max_concurrency=2) as org:
        result = run_tap(org, tmp_path, concurrency=8, page_size=500, max_attempts=20)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()
        late = org.queries()[-20:]
        assert sum(query.status != 200 for query in late) < len(late) / 2


def test_a_small_window_takes_a_count_and_a_page(tmp_path: Path) -> None:
    with Sandbox(rows=ROWS) as org:
        first = run_tap(org, tmp_path)
        org.advance_clock(3_600)
        changed = org.update(100)
        org.advance_clock(120)
        org.requests.clear()
        second = run_tap(org, tmp_path, state=first.state, concurrency=8)
        assert set(second.ids()) == set(changed)
        assert len(org.queries()) == 2


def test_expired_tokens_cost_no_row(tmp_path: Path) -> None:
    with Sandbox(rows=ROWS) as org:
        org.faults.add("expired", nth=(5, 25))
        result = run_tap(org, tmp_path, catalog=selecting(RELATIONS, "sync_batches"), page_size=300)
        assert result.ids() == org.relation_ids()
        assert sum(entry["records"] for entry in result.journal) == ROWS


@pytest.mark.parametrize("seed", range(4))
def test_faults_of_many_kinds_cost_no_row(tmp_path: Path, seed: int) -> None:
    with Sandbox(rows=6_000, seed=seed, short_pages=0.2) as org:
        org.faults.add("500", "truncated", "cut_json", "html_200", "reset", rate=0.1)
        result = run_tap(org, tmp_path, concurrency=6, page_size=200, max_attempts=30)
        assert result.code == 0, result.log
        assert result.ids() == org.relation_ids()
