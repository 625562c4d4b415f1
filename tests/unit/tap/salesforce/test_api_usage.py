"""API calls are counted, and stop a run at the settings' shares."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tap_salesforce_taskwho.errors import QuotaReached
from tap_salesforce_taskwho.salesforce.api_usage import (
    ApiUsage,
    UsageMeter,
    check_quota,
    read_limit_info,
)


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("api-usage=10018/100000", (10018, 100000)),
        ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample-connected-app)", (25, 5000)),
        ("per-app-api-usage=17/250(appName=x);api-usage=25/5000", (25, 5000)),
        ("api-usage=10018/100000; api-bursts=1/750", (10018, 100000)),
        ("api-bursts=1/750", None),
        ("per-app-api-usage=17/250(appName=x)", None),
        ("api-usage=1/0", None),
        ("api-usage=-1/5000", None),
        ("api-usage=many/few", None),
        ("api-usage=1/99999999999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_the_header_is_a_list_of_parts(header: str | None, read: tuple[int, int] | None) -> None:
    assert read_limit_info(header) == read


def test_an_answer_without_the_header_changes_nothing() -> None:
    meter = UsageMeter()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    meter.read("api-usage=5/100", None)
    meter.read("nonsense", at)
    meter.count_call()
    assert meter.now() == ApiUsage(5, 100, run_calls=1, org_time=at)


def check(used: int | None, maximum: int | None, run_calls: int, planned: int = 1) -> None:
    usage = ApiUsage(used, maximum, run_calls)
    check_quota(usage, percent_total=80, percent_run=25, planned=planned)


def test_below_both_shares_a_run_goes_on() -> None:
    check(79, 100, 24)
    check(None, None, 1_000)


def test_the_share_of_the_org_stops_a_run() -> None:
    with pytest.raises(QuotaReached, match=r"80 of its 100 daily .* api_quota_percent_total") as it:
        check(80, 100, 0)
    assert "The next run goes on where this one ended" in str(it.value)
    assert it.value.exit_code == 3


def test_the_share_of_the_run_stops_it() -> None:
    with pytest.raises(QuotaReached, match=r"made 25 of the org's 100 .* api_quota_percent_run"):
        check(30, 100, 25)


def test_a_run_that_reaches_the_share_with_its_last_call_may_make_it() -> None:
    check(79, 100, 0, planned=1)
    check(60, 100, 0, planned=20)
    check(30, 100, 15, planned=10)
    with pytest.raises(QuotaReached, match="and 21 more are needed"):
        check(60, 100, 0, planned=21)
    with pytest.raises(QuotaReached, match="and 11 more are needed"):
        check(30, 100, 15, planned=11)
