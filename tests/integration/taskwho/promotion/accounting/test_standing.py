"""A report compares with the run before and with Salesforce's count, and says where rows failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import LOCK_HELD
from taskwho.model.outcome import RunOutcome
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load
from taskwho.pipeline.promote_and_report import report_failure

from tests.sandbox.org import ids
from tests.support import promoting, seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult

    from tests.support.seed import Row


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    return PostLoadSettings(reports_dir=tmp_path)


def promote(url: str, settings: PostLoadSettings, rows: list[Row], *journal: Row) -> RunResult:
    seed.land(url, rows)
    promoting.land(url, "sync_batches", journal)
    return post_load(url, settings)


def pages(rows: list[Row], size: int, **changes: object) -> list[Row]:
    """The journal of a run that read the rows in pages of this size."""
    found = [
        promoting.page(
            at // size + 1,
            records=str(len(rows[at : at + size])),
            first_id=rows[at]["Id"],
            last_id=rows[at : at + size][-1]["Id"],
            counted=str(len(rows)),
            **changes,
        )
        for at in range(0, len(rows), size)
    ]
    found[-1]["outcome"] = "complete"
    return found


def mixed(numbers: range) -> list[Row]:
    """Relations of which every third waits for a task, and every seventh is of a lead."""
    odd = {3: {"TaskId": seed.task(9)}, 7: {"RelationId": ids.make("Lead", 1)}}
    return [
        relation(n, **(odd[7] if n % 7 == 0 else odd[3] if n % 3 == 0 else {})) for n in numbers
    ]


def test_each_page_tells_how_many_of_its_rows_failed(url: str, settings: PostLoadSettings) -> None:
    rows = mixed(range(1, 26))
    result = promote(url, settings, rows, *pages(rows, 10))
    found = [(b["records"], b.get("failed"), b.get("set_aside")) for b in result.batches]
    assert found == [(10, 3, 1), (10, 3, 1), (5, 1, 1)]
    assert result.counts.failed == 7


def test_a_page_of_another_run_and_a_row_tried_again_take_no_blame(
    url: str, settings: PostLoadSettings
) -> None:
    rows = mixed(range(1, 11))
    promote(url, settings, rows, *pages(rows, 10))
    good = [relation(n) for n in range(1, 3)]
    bad = [relation(11, TaskId=seed.task(9))]
    result = promote(
        url,
        settings,
        good + bad,
        *pages(good, 2, run_id="run-2"),
        *pages(bad, 1, run_id="run-3"),
        promoting.page(1, run_id="run-4", stream="users", records="0"),
    )
    assert [b.get("failed") for b in result.batches] == [None, 1, None]
    assert (result.counts.failed, result.counts.failed_again) == (1, 3)


def test_a_run_stands_beside_the_one_before(url: str, settings: PostLoadSettings) -> None:
    first = promote(url, settings, [relation(1)])
    assert first.last_run is None
    second = promote(url, settings, [relation(2, TaskId=seed.task(9))])
    assert second.last_run is not None
    assert (second.last_run.health, second.last_run.waiting) == (100.0, 0)
    assert (second.health, second.totals.waiting) == (50.0, 1)
    assert second.totals.waiting_since == second.totals.state_since
    third = promote(url, settings, [])
    assert third.totals.waiting_since == second.totals.waiting_since
    assert third.totals.state_since == second.totals.state_since
    seed.add_task(url, 9)
    healed = promote(url, settings, [])
    assert (healed.totals.waiting_since, healed.health) == (None, 100.0)
    assert str(healed.totals.state_since) >= str(third.totals.state_since)


def test_a_run_that_fails_says_since_when_runs_fail(url: str, settings: PostLoadSettings) -> None:
    promote(url, settings, [relation(1)])
    held = TaskwhoError(LOCK_HELD, seconds=60, said="a lock")
    failed = [report_failure(url, held, settings, RunOutcome(run_id=run)) for run in ("one", "two")]
    assert failed[0].failing_since is not None
    assert failed[1].failing_since == failed[0].failing_since
    assert promote(url, settings, []).failing_since is None


def test_a_full_run_shows_where_all_that_salesforce_counts_is(
    url: str, settings: PostLoadSettings
) -> None:
    rows = mixed(range(1, 26))
    result = promote(url, settings, rows, *pages(rows, 10))
    count = result.org_count
    assert count is not None
    assert (count.in_org, count.in_table, count.waiting, count.set_aside) == (25, 15, 7, 3)
    assert (count.apart, count.counted_by) == (0, "full run")
    assert result.totals.set_aside == 3
    # a part of the org is no count of the org; the last one stays, with its time
    part = pages([relation(40)], 1, window_from="2024-05-31T00:00:00Z", run_id="run-2")
    assert promote(url, settings, [relation(40)], *part).org_count == count


def test_reasons_that_keep_rows_out_alone_are_told(url: str, settings: PostLoadSettings) -> None:
    rows = [
        relation(1, TaskId=seed.task(9)),
        relation(2, TaskId=seed.task(9), CreatedDate="yesterday"),
        relation(3, CreatedDate="yesterday"),
    ]
    result = promote(url, settings, rows)
    assert result.standing_errors == {"invalid_value": 2, "missing_task": 2}
    assert result.alone == {"invalid_value": 1, "missing_task": 1}
    [group] = result.explanation.groups
    assert (group.relations, group.brings_in) == (2, 1)
    seed.add_task(url, 9)
    assert promote(url, settings, []).counts.healed == group.brings_in
    assert query(url, "select count(*) from sf_taskwhorelations") == [(1,)]
