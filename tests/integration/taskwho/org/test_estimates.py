"""What a run would read, as the org counts it; nothing else is asked and nothing is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from taskwho.model.errors import LoginFailed, Misconfigured, QuotaReached, RunFailed
from taskwho.org.estimates import estimate

from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATIONS = "task_who_relations"
ROWS = 4_500


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


def asked(org: Sandbox, state: dict[str, Any] | None = None, **settings: object) -> Any:  # noqa: ANN401 - Estimates
    given = {**org.settings(), "lag_seconds": 0, **settings}
    return estimate(given, [RELATIONS], {RELATIONS: state or {}})


def soql(org: Sandbox) -> list[str]:
    return [str(request.soql) for request in org.queries()]


def test_a_first_run_reads_everything(org: Sandbox) -> None:
    found = asked(org)
    (window,) = found.windows
    assert (window.stream, window.window_from, window.after_id) == (RELATIONS, None, None)
    assert (window.rows, window.calls) == (ROWS, 4)
    assert window.seconds > 0
    assert (found.api_used, found.api_max) == (101, 100_000)
    assert soql(org) == ["SELECT COUNT() FROM TaskWhoRelation"]


def test_an_incremental_run_begins_a_look_back_before_the_bookmark(org: Sandbox) -> None:
    bookmark = f"{org.now:%Y-%m-%dT%H:%M:%SZ}"
    org.advance_clock(60)
    org.insert(3)
    org.advance_clock(60)
    (window,) = asked(org, {"replication_key_value": bookmark}).windows
    assert window.rows == 3
    assert window.window_from < bookmark < window.window_to


def test_an_open_window_comes_first(org: Sandbox) -> None:
    middle = sorted(org.table("TaskWhoRelation"))[ROWS - 101]
    end = f"{org.now:%Y-%m-%dT%H:%M:%SZ}"
    window = {"from": None, "to": end, "after_id": middle}
    org.advance_clock(60)
    state = {"replication_key_value": None, "window": window}
    rest, fresh = asked(org, state).windows
    assert (rest.window_to, rest.after_id, rest.rows) == (end, middle, 100)
    assert (fresh.window_from is not None, fresh.rows) == (True, 0)


def test_a_limit_and_dates_bound_it(org: Sandbox) -> None:
    (limited,) = asked(org, limit=1_000).windows
    assert (limited.rows, limited.calls) == (1_000, 2)
    (custom,) = asked(org, mode="custom", start_date="2001-01-01", end_date="2001-01-31").windows
    assert (custom.window_from, custom.window_to) == (
        "2001-01-01T00:00:00Z",
        "2001-02-01T00:00:00Z",
    )
    assert custom.rows == 0


def test_a_count_that_times_out_leaves_the_window_without_numbers(org: Sandbox) -> None:
    org.slow_counts = True
    (window,) = asked(org).windows
    assert (window.rows, window.calls, window.seconds) == (None, None, None)


def test_an_org_that_refuses_query_all_is_asked_by_query(org: Sandbox) -> None:
    org.queryall_refused = True
    (window,) = asked(org).windows
    assert window.rows == sum(not row["IsDeleted"] for row in org.truth())


def test_a_slow_login_is_waited_for(org: Sandbox) -> None:
    org.login_latency_ms = 300
    began = time.monotonic()
    assert asked(org).windows[0].rows == ROWS
    assert time.monotonic() - began > 0.3


def test_what_salesforce_refuses_is_told_apart(org: Sandbox) -> None:
    with pytest.raises(LoginFailed, match="Set client_secret") as refused:
        asked(org, client_secret="wr0ng")
    assert refused.value.exit_code == 2
    assert refused.value.message.endswith("Nothing was read or written.")
    with pytest.raises(Misconfigured, match="incremental"):
        asked(org, mode="sideways")
    org.faults.add("daily_limit")
    with pytest.raises(QuotaReached):
        asked(org)
    org.faults.clear()
    org.faults.add("503")
    with pytest.raises(RunFailed, match="failed 1 times"):
        asked(org, max_attempts=1)
