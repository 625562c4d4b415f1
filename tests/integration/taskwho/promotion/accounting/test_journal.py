"""The tap's journal: kept whatever it holds, read for windows, calls and how the run ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from taskwho.model.outcome import RunOutcome
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import land, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

    from tests.support.seed import Row


def test_bad_values_in_the_journal_do_not_keep_a_row_from_going_in(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    broken = {
        "batch": "many",
        "records": "9" * 30,
        "attempts": "-1",
        "window_from": "yesterday",
        "window_to": "2024-02-30T00:00:00Z",
        "fetched_at": "infinity",
        "resumed": "perhaps",
    }
    land(url, "sync_batches", [page(1) | broken, dict.fromkeys(page(1))])
    assert post_load(url, settings).counts.inserted == 1
    kept = query(url, "select batch, records, attempts, window_to, resumed from taskwho.batches")
    assert kept == [(None,) * 5] * 2


def test_windows_calls_and_runs_are_told(url: str, settings: PostLoadSettings) -> None:
    first = {"window_from": "2024-05-31T00:00:00.000Z", "mode": "incremental"}
    rows = [
        page(1, **first, attempts="3", api_used="100", api_max="15000"),
        page(2, **first, api_used="102", records="1", counted="7", outcome="complete"),
        page(
            3,
            window_from="2024-05-31T23:45:00Z",
            window_to="2024-06-02T00:00:00Z",
            mode="incremental",
            run_id="run-2",
        ),
    ]
    land(url, "sync_batches", rows)
    seed.land(url, [relation(1)])
    result = post_load(url, settings)
    assert result.run_ids == ["run-1", "run-2"]
    assert [(w.from_, w.to, w.complete) for w in result.windows] == [
        ("2024-05-31T00:00:00Z", "2024-06-01T00:00:00Z", True),
        ("2024-05-31T23:45:00Z", "2024-06-02T00:00:00Z", False),
    ]
    assert [(w.records, w.counted) for w in result.windows] == [(1, 7), (0, None)]
    assert (result.api.calls, result.api.used, result.api.max) == (5, 102, 15000)
    assert (result.mode, result.status, result.warnings) == ("incremental", "ok", [])


WINDOWS: list[tuple[Row, str | None]] = [
    # the window that follows on 2024-06-01, and what is said of it
    ({"window_from": "2024-05-31T23:45:00Z", "window_to": "2024-06-02T00:00:00Z"}, None),
    ({"window_from": "2024-06-01T00:00:01Z", "window_to": "2024-06-02T00:00:00Z"}, "no run has"),
    ({"window_from": "2024-05-31T23:45:00Z", "window_to": "2024-06-15T00:00:00Z"}, None),
    ({"window_from": "2024-05-31T23:45:00Z", "window_to": "2024-06-16T00:00:00Z"}, "15 days"),
    ({"window_from": None, "window_to": "2024-07-02T00:00:00Z", "mode": "full"}, None),
    # these look at a stretch of their own
    ({"window_from": "2024-06-07T00:00:00Z", "mode": "recent"}, None),
    ({"window_from": "2024-06-07T00:00:00Z", "mode": "custom"}, None),
]


@pytest.mark.parametrize(("window", "warning"), WINDOWS)
def test_a_gap_and_a_window_longer_than_the_recycle_bin_are_warnings(
    url: str, settings: PostLoadSettings, window: Row, warning: str | None
) -> None:
    land(url, "sync_batches", [page(1, outcome="complete")])
    post_load(url, settings)
    following = {"mode": "incremental", "run_id": "run-2", "outcome": "complete", **window}
    land(url, "sync_batches", [page(1, **following)])
    told = post_load(url, settings).warnings
    assert len(told) == (1 if warning else 0)
    assert all(str(warning) in text and "--mode full" in text for text in told)


@pytest.mark.parametrize(
    ("ending", "status"), [("complete", "ok"), ("quota", "quota"), ("failed", "failed")]
)
def test_the_journal_tells_how_the_run_ended(
    url: str, settings: PostLoadSettings, ending: str, status: str
) -> None:
    land(url, "sync_batches", [page(1), page(2, outcome=ending)])
    result = post_load(url, settings)
    assert (result.status, result.exit_code) == (status, 0)


@pytest.mark.parametrize(
    ("outcome", "status", "code"),
    [
        (RunOutcome(run_id="r"), "nothing", 0),
        (RunOutcome(run_id="r", tap_exit_code=3, tap_error="Quota."), "quota", 3),
        (RunOutcome(run_id="r", tap_exit_code=2, tap_error="No."), "failed", 2),
        (RunOutcome(run_id="r", loader_exit_code=1, loader_error="Broken."), "failed", 1),
        (RunOutcome(run_id="r", stopped=True), "stopped", 130),
    ],
)
def test_word_from_the_sync_command_decides(
    url: str, settings: PostLoadSettings, outcome: RunOutcome, status: str, code: int
) -> None:
    result = post_load(url, settings, outcome=outcome)
    assert (result.status, result.exit_code) == (status, code)
    assert result.run_ids == ["r"]
    assert result.error == (outcome.tap_error or outcome.loader_error)


@pytest.mark.parametrize(("least", "code"), [(40, 0), (41, 4)])
def test_a_health_under_the_limit_ends_with_4_also_where_nothing_is_new(
    url: str, settings: PostLoadSettings, least: float, code: int
) -> None:
    limited = replace(settings, fail_below=least)
    # leads are not counted, nor is what is deleted
    lead = relation(3, RelationId="00Q" + "0" * 12 + "AAA")
    gone = relation(4, IsDeleted="true")
    waiting = [relation(number, TaskId=seed.task(9)) for number in (5, 6, 7)]
    seed.land(url, [relation(1), relation(2), lead, gone, *waiting])
    for _ in range(3):
        result = post_load(url, limited)
        assert (result.health, result.is_degraded, result.exit_code) == (40, True, code)
    assert result.status == "nothing"


def test_nothing_in_the_table_and_nothing_that_waits_is_no_low_health(
    url: str, settings: PostLoadSettings
) -> None:
    result = post_load(url, replace(settings, fail_below=100))
    assert (result.health, result.exit_code) == (None, 0)
    assert result.totals.in_table == 0
