"""Every error that can end a run, declared once: what, why, fix, what is kept, exit code."""

from tap_salesforce_taskwho.errors import command, login, output, requests, settings, state
from tap_salesforce_taskwho.errors.problem import (
    DeletesNoLongerKept,
    ExitCode,
    HiddenField,
    ObjectHidden,
    Problem,
    QueryAllRefused,
    QueryTimeout,
    QuotaReached,
    ReadOnlyViolation,
    Stopped,
    TapError,
    TooManyDeletedIds,
    UserError,
)

__all__ = [
    "PROBLEMS",
    "DeletesNoLongerKept",
    "ExitCode",
    "HiddenField",
    "ObjectHidden",
    "Problem",
    "QueryAllRefused",
    "QueryTimeout",
    "QuotaReached",
    "ReadOnlyViolation",
    "Stopped",
    "TapError",
    "TooManyDeletedIds",
    "UserError",
]

PROBLEMS: tuple[Problem, ...] = tuple(
    value
    for module in (command, settings, login, requests, state, output)
    for value in vars(module).values()
    if isinstance(value, Problem)
)
