"""The numbers at the top of a report: against the last run, and against Salesforce's count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from taskwho.model.results.counts import Counts, Totals
from taskwho.model.results.missing import Explanation, MissingId
from taskwho.model.results.result import ApiUsage
from taskwho.model.results.standing import LastRun, OrgCount
from taskwho.report.markdown import render
from taskwho.report.parts.standing import blame, failing, org_sum

from tests.unit.taskwho.report.test_markdown import result

TOP = [
    (
        "- **Fresh Until**: 2025-07-06 18:18:14 UTC, 4 minutes behind Salesforce at the end of "
        "this run; the last run: 2025-07-05 18:18:14"
    ),
    (
        "- **Health**: 90.00% (goal 95%): 900 live relations are in the table, counted at "
        "2025-07-01 00:00:00 UTC, changes since then added; degraded since 2025-07-03 00:00:00; "
        "▼ 7.90% against 97.90% in the last run"
    ),
    (
        "- **Waiting**: 100 live relations; some have waited since 2025-07-02 00:00:00; ▲ 21 "
        "against 79 in the last run"
    ),
    (
        "- **API Share**: 1.50% of the org's daily API calls (1,500 of 100,000; this run made 4 "
        "calls); ▲ 0.50% against 1.00% in the last run"
    ),
    (
        "- **Salesforce Counts**: 2,392 = 2,281 in the table + 111 waiting + 0 set aside, counted "
        "by a full run, with those in the recycle bin, at 2025-07-06 18:18:14 UTC. It adds up."
    ),
    "",
    "All times are in UTC.",
    "",
]


def test_numbers_at_the_top_stand_against_the_last_run() -> None:
    last = LastRun(
        "2025-07-05T18:22:14Z",
        "ok",
        health=97.9,
        waiting=79,
        fresh_until="2025-07-05T18:18:14Z",
        api_used=1_000,
        api_max=100_000,
    )
    totals = Totals(
        in_table=900,
        waiting=100,
        counted_at="2025-07-01T00:00:00Z",
        fresh_until="2025-07-06T18:18:14Z",
        fresh_until_here="2025-07-06T18:18:14Z",
        waiting_since="2025-07-02T00:00:00Z",
        state_since="2025-07-03T00:00:00Z",
    )
    count = OrgCount("2025-07-06T18:18:14Z", "full run", 2392, 2281, 111, 0)
    text = render(result(last_run=last, totals=totals, org_count=count))
    assert text.split("## Next Steps")[0].splitlines()[4:] == TOP


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        (0, "none: this run made no API call; the last run: 1.00%"),
        (1, "unknown: this run made 1 call, whose answers do not tell it"),
    ],
)
def test_a_share_that_is_not_known_says_why(calls: int, said: str) -> None:
    last = LastRun("2025-07-05T18:22:14Z", "ok", api_used=1_000, api_max=100_000)
    text = render(result(last_run=last, api=ApiUsage(calls=calls)))
    assert f"- **API Share**: {said}\n" in text


@pytest.mark.parametrize(
    ("in_org", "said"),
    [
        (10, "It adds up."),
        (11, "1 more in Salesforce than here: `taskwho verify` names them."),
        (8, "2 more here than in Salesforce: `taskwho verify` names them."),
    ],
)
def test_a_sum_that_does_not_add_up_says_what_to_do(in_org: int, said: str) -> None:
    count = OrgCount("2025-07-06T18:18:14Z", "verify", in_org, 7, 2, 1)
    assert org_sum(result(org_count=count)) == (
        f"{in_org} = 7 in the table + 2 waiting + 1 set aside, counted by `taskwho verify` at "
        f"2025-07-06 18:18:14 UTC. {said}"
    )
    assert org_sum(result(org_count=replace(count, in_table=None))) == ""


def test_a_run_that_fails_says_since_when_runs_fail() -> None:
    failed = result(status="failed", failing_since="2025-07-04T00:00:00Z")
    line = "- **Failures**: No run has ended well since 2025-07-04 00:00:00 UTC."
    assert line in render(failed)
    first = replace(failed, failing_since="2025-07-06T18:22:14Z")
    assert failing(first) == "This is the first run."
    good = LastRun("2025-07-05T18:22:14Z", "ok")
    said = "The run before, at 2025-07-05 18:22:14 UTC, had not failed."
    assert failing(replace(first, last_run=good)) == said
    assert failing(result()) == ""


@pytest.mark.parametrize(
    ("relations", "said"),
    [
        (100, "One missing user blocks all 100 relations that wait."),
        (30, "One missing user blocks 30 of 100 relations that wait."),
        (24, ""),
    ],
)
def test_one_parent_that_blocks_a_quarter_is_told_first(relations: int, said: str) -> None:
    worst = [MissingId("users", "0055f0000000001AAA", relations, "inactive")]
    held = result(explanation=Explanation(worst=worst), counts=Counts(quarantined_now=100))
    assert blame(held) == said
    assert said in render(held).split("## Next Steps")[0]
