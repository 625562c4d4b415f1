"""What a person does about each thing that a report can say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.reasons import FOREIGN_KEY, FOREIGN_KEYS, REASONS
from taskwho.report import missing_parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.result import RunResult


_BY_STATUS = {
    "quota": (
        "The run stopped before it used up the API calls that it may use. Run it again: it goes on "
        "where it stopped. If the org's calls were short (the tap's setting "
        "`api_quota_percent_total`), wait until its 24-hour window has moved on (Setup, Company "
        "Information, API Requests). A run's own share (`api_quota_percent_run`) is new each time."
    ),
    "stopped": "The run was stopped. Run it again: it goes on where it stopped, nothing is lost.",
    "loaded": (
        "Run `taskwho post-load` when all workers have loaded: it promotes what they have read. A "
        "shared load ends with `taskwho shards --done`."
    ),
    "failed": (
        "Fix what the error at the top names, then run again: it goes on where it stopped. This "
        "report includes what had landed before."
    ),
}


def step_for(reason: str) -> str:
    """The next step for a reason code, also for a code of a later version."""
    if known := REASONS.get(reason):
        return known.next_step
    return (
        f"Relations failed with `{reason}`: look them up in `taskwho.failed_relations` and fix the "
        "cause. The next run tries them again."
    )


def label_for(reason: str) -> str:
    """How the error summary names a reason code."""
    known = REASONS.get(reason)
    return known.label if known else reason.replace("_", " ").title()


def with_next_steps(result: RunResult) -> RunResult:
    """The result, with its next steps if it has none yet."""
    return result if result.next_steps else replace(result, next_steps=next_steps(result))


def next_steps(result: RunResult) -> list[str]:
    """What to do now, the most pressing first. Never empty."""
    return list(_steps(result)) or ["Nothing to do."]


def _steps(result: RunResult) -> Iterator[str]:
    if result.status in _BY_STATUS:
        yield _BY_STATUS[result.status]
    if not result.accounting.closes:
        yield (
            "The numbers of this report do not add up. This is a bug of taskwho: report it, with "
            "the report and its JSON twin."
        )
    yield from result.warnings
    reasons = dict.fromkeys((*result.errors, *result.standing_errors))
    reasons.pop(FOREIGN_KEY, None)  # the sum of the reasons that a parent is missing
    if result.explanation.groups:
        yield from missing_parents.steps(result.explanation)
        reasons = dict.fromkeys(reason for reason in reasons if reason not in FOREIGN_KEYS)
    for reason in reasons:
        if result.errors.get(reason) or result.standing_errors.get(reason):
            yield step_for(reason)
    if result.counts.set_aside and "lead" not in reasons:
        yield step_for("lead")
