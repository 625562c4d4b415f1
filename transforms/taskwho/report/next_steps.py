"""What a person does about each thing that a report can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.result import RunResult

LABELS = {
    "missing_task": "Missing Task",
    "missing_contact": "Missing Contact",
    "missing_user": "Missing User",
    "null_value": "Null Values",
    "invalid_value": "Invalid Values",
    "constraint": "Constraint Violations",
    "suppressed": "Suppressed by a Trigger",
    "lead": "Leads",
}

_PARENT = (
    "Load the {parent} that are missing: `taskwho sync --all` (or `meltano run sync-all`) brings "
    "them from Salesforce, or run the job that fills {table}. The waiting relations go in by "
    "themselves on the next run. If they stay missing, check in Salesforce that the integration "
    "user may see these {parent} and that they were not deleted for good."
)
_STEPS = {
    "missing_task": _PARENT.format(parent="tasks", table="the activities table (archived too)"),
    "missing_contact": _PARENT.format(parent="contacts", table="the contacts table"),
    "missing_user": _PARENT.format(parent="users", table="the users table (inactive ones too)"),
    "null_value": (
        "Relations that lack a required value wait in `taskwho.failed_relations` with the record "
        "as Salesforce sent it. Give the integration user read access to every field of the "
        "relation, then run `taskwho sync --mode full`."
    ),
    "invalid_value": (
        "Relations with a value that the table cannot hold wait in `taskwho.failed_relations`. "
        "Look there at `record`, correct it in Salesforce or widen the column; the next run "
        "tries again."
    ),
    "constraint": (
        "A constraint or a trigger of the table refused relations; its name is in the error of "
        "each failed record. Change the constraint or the data it looks at; the next run "
        "tries again."
    ),
    "suppressed": (
        "A trigger on the relations table swallowed rows without an error. Look at its BEFORE "
        "triggers and rules; after a change, run `taskwho sync --mode full`."
    ),
    "lead": "Relations to leads are set aside, as there is no table for leads: nothing to do.",
}
_OTHER = (
    "Relations failed with `{reason}`: look them up in `taskwho.failed_relations`, mend the cause; "
    "the next run tries them again."
)
_BY_STATUS = {
    "quota": (
        "The run stopped before it used up the API calls it may use. Run it again: it goes on "
        "where it stopped. Where the org's own calls were short (the tap's "
        "`api_quota_percent_total`), wait until its 24-hour window has moved on (Setup, Company "
        "Information, API Requests); a run's own share (`api_quota_percent_run`) is new each time."
    ),
    "stopped": "The run was stopped. Run it again: it goes on where it stopped, nothing is lost.",
    "failed": (
        "Mend what the error at the top says, then run again: it goes on where it stopped, and "
        "what had landed before is in this report already."
    ),
}


def step_for(reason: str) -> str:
    """The next step for one reason code, also for one that is not known here."""
    return _STEPS.get(reason) or _OTHER.format(reason=reason)


def label_for(reason: str) -> str:
    """How the error summary names a reason code."""
    return LABELS.get(reason) or reason.replace("_", " ").title()


def next_steps(result: RunResult) -> list[str]:
    """What to do now, most pressing first; never empty."""
    return list(_steps(result)) or ["Nothing to do."]


def _steps(result: RunResult) -> Iterator[str]:
    if result.status in _BY_STATUS:
        yield _BY_STATUS[result.status]
    if not result.accounting.closes:
        yield (
            "The numbers of this report do not add up, which must not happen. Keep the report and "
            "its JSON twin and report it as a bug."
        )
    yield from result.warnings
    reasons = dict.fromkeys((*result.errors, *result.standing_errors))
    reasons.pop("foreign_key", None)  # the sum of the missing_ ones
    for reason in reasons:
        if result.errors.get(reason) or result.standing_errors.get(reason):
            yield step_for(reason)
    if result.counts.set_aside and "lead" not in reasons:
        yield _STEPS["lead"]
