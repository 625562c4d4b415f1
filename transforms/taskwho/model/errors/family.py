"""The exceptions that a program may tell apart; each is a TaskwhoError with a declared problem."""

# ruff: noqa: N818 - the names say what happened

from __future__ import annotations

from taskwho.model.errors.problem import TaskwhoError


class Misconfigured(TaskwhoError):
    """A setting, a right or the shape of the database has to be changed (exit code 2)."""


class LoginFailed(Misconfigured):
    """Salesforce did not let the tap in; one kind of Misconfigured."""


class DatabaseUnavailable(Misconfigured):
    """No connection to the database, or it cannot be used; one kind of Misconfigured."""


class RunFailed(TaskwhoError):
    """The run failed; another one can go on (exit code 1)."""


class QuotaReached(TaskwhoError):
    """The run stopped before it used up the API calls that it may use (exit code 3)."""


class Busy(TaskwhoError):
    """Another run is at work (exit code 5)."""
