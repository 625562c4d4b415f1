"""Why a row waits or is set aside: each reason with its label, its next step and its retry.

CONTRIBUTING.md has the recipe: add a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from taskwho.model.entities import ENTITIES

HIDDEN_FIELD = "hidden_field"


class Retry(Enum):
    """When a waiting row is tried again, besides when it lands again."""

    PARENT = auto()
    """When a parent that it misses has come."""
    DEFINITION = auto()
    """When the definition of its table has changed."""
    ALWAYS = auto()
    """On every run: nothing shows whether the cause is gone."""
    NEVER = auto()
    """It does not wait."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`label` is how the error summary names it. `is_foreign_key`: a parent is missing."""

    code: str
    label: str
    next_step: str
    retry: Retry
    is_foreign_key: bool = False


def _missing_parents() -> list[Reason]:
    parents = dict.fromkeys(entry.parent for entity in ENTITIES for entry in entity.references)
    return [
        Reason(
            parent.missing,
            f"Missing {parent.noun.title()}",
            f"Load the {parent.stream} that are missing: `taskwho sync --all` (or `meltano run "
            "sync-all`) reads them from Salesforce, or run the job that fills the "
            f"{parent.name} table{f' ({parent.also})' if parent.also else ''}. The waiting "
            "relations go in by themselves on the next run. If they stay, check in Salesforce "
            f"that the integration user may see these {parent.stream} and that they were not "
            "deleted for good.",
            Retry.PARENT,
            is_foreign_key=True,
        )
        for parent in parents
    ]


_SET_ASIDE = (
    "Relations to leads, and to records of other objects than contacts, are set aside in "
    "`taskwho.set_aside`, because there is no table for them here: nothing to do."
)
_DECLARED = (
    *_missing_parents(),
    Reason(
        "null_value",
        "Null Values",
        "Relations that lack a required value wait in `taskwho.failed_relations`, with the record "
        "as Salesforce sent it. Give the integration user read access to every field of the "
        "relation, then run `taskwho sync --mode full`.",
        Retry.DEFINITION,
    ),
    Reason(
        "invalid_value",
        "Invalid Values",
        "Relations with a value that the table cannot hold wait in `taskwho.failed_relations`. "
        "Read the value in the column `record`, then correct it in Salesforce or widen the "
        "table's column. The next run tries again.",
        Retry.DEFINITION,
    ),
    Reason(
        HIDDEN_FIELD,
        "Hidden Fields",
        "New rows lack a field that the run did not read and that they need; their errors name it. "
        "Give the integration user read access to it (a permission set with Field Permissions: "
        "Read Access) and select it, then run `taskwho sync --mode full`, with `--all` for users, "
        "contacts and tasks.",
        Retry.DEFINITION,
    ),
    Reason(
        "constraint",
        "Constraint Violations",
        "A constraint or a trigger of the table refused relations. The error of each failed record "
        "names it. Change the constraint, or the data that it checks. The next run tries again.",
        Retry.ALWAYS,
    ),
    Reason(
        "suppressed",
        "Suppressed by a Trigger",
        "A trigger or a rule of the relations' table discarded rows without an error. Check its "
        "BEFORE triggers and its rules. After a change, run `taskwho sync --mode full`.",
        Retry.ALWAYS,
    ),
    Reason("lead", "Leads", _SET_ASIDE, Retry.NEVER),
    Reason("other_object", "Other Objects", _SET_ASIDE, Retry.NEVER),
)
REASONS = {reason.code: reason for reason in _DECLARED}
FOREIGN_KEYS = tuple(reason.code for reason in _DECLARED if reason.is_foreign_key)
# counts the relations with any of FOREIGN_KEYS, each of them once
FOREIGN_KEY = "foreign_key"


def codes(retry: Retry) -> list[str]:
    """The codes of the reasons that are tried again at one time."""
    return [reason.code for reason in _DECLARED if reason.retry is retry]
