"""What a person does about each thing that a report can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.result import RunResult


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a relation waits: how the error summary names it, and what to do."""

    label: str
    next_step: str


def _missing(parents: str, table: str) -> str:
    return (
        f"Load the {parents} that are missing: `taskwho sync --all` (or `meltano run sync-all`) "
        f"reads them from Salesforce, or run the job that fills {table}. The waiting relations go "
        "in by themselves on the next run. If they stay, check in Salesforce that the integration "
        f"user may see these {parents} and that they were not deleted for good."
    )


REASONS = {
    "missing_task": Reason(
        "Missing Task", _missing("tasks", "the activities table (archived tasks too)")
    ),
    "missing_contact": Reason("Missing Contact", _missing("contacts", "the contacts table")),
    "missing_user": Reason(
        "Missing User", _missing("users", "the users table (inactive users too)")
    ),
    "null_value": Reason(
        "Null Values",
        "Relations that lack a required value wait in `taskwho.failed_relations`, with the record "
        "as Salesforce sent it. Give the integration user read access to every field of the "
        "relation, then run `taskwho sync --mode full`.",
    ),
    "invalid_value": Reason(
        "Invalid Values",
        "Relations with a value that the table cannot hold wait in `taskwho.failed_relations`. "
        "Read the value in the column `record`, then correct it in Salesforce or widen the "
        "table's column. The next run tries again.",
    ),
    "constraint": Reason(
        "Constraint Violations",
        "A constraint or a trigger of the table refused relations. The error of each failed record "
        "names it. Change the constraint, or the data that it checks. The next run tries again.",
    ),
    "suppressed": Reason(
        "Suppressed by a Trigger",
        "A trigger or a rule of the relations' table discarded rows without an error. Check its "
        "BEFORE triggers and its rules. After a change, run `taskwho sync --mode full`.",
    ),
    "lead": Reason(
        "Leads",
        "Relations to leads are set aside, because there is no table for leads: nothing to do.",
    ),
}
_BY_STATUS = {
    "quota": (
        "The run stopped before it used up the API calls that it may use. Run it again: it goes on "
        "where it stopped. If the org's calls were short (the tap's setting "
        "`api_quota_percent_total`), wait until its 24-hour window has moved on (Setup, Company "
        "Information, API Requests). A run's own share (`api_quota_percent_run`) is new each time."
    ),
    "stopped": "The run was stopped. Run it again: it goes on where it stopped, nothing is lost.",
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
    reasons.pop("foreign_key", None)  # the sum of the missing_ reasons
    for reason in reasons:
        if result.errors.get(reason) or result.standing_errors.get(reason):
            yield step_for(reason)
    if result.counts.set_aside and "lead" not in reasons:
        yield step_for("lead")
