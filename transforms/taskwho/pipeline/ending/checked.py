"""Raises the exception that fits the end of a run, for the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.model.errors import (
    DatabaseUnavailable,
    LoginFailed,
    Misconfigured,
    QuotaReached,
    RunFailed,
)
from taskwho.model.errors.running import (
    DATABASE_PROBLEMS,
    LOGIN_PROBLEMS,
    RUN_FAILED,
    RUN_MISCONFIGURED,
    RUN_QUOTA,
)
from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult


def checked(result: RunResult, problem: str | None = None) -> RunResult:
    """The result of a run that a person need not look at; raises for any other.

    `problem` is the code of the problem with which the tap or the loader ended.
    """
    result.exit_code = int(result.exit_code)  # engines refuse an enum that they do not know
    said = {"error": result.error, "report": result.report_path or "taskwho.runs"}
    error: Misconfigured | QuotaReached | RunFailed
    if result.exit_code == ExitCode.MISCONFIGURED:
        error = _kind(problem)(RUN_MISCONFIGURED, **said)
    elif result.exit_code == ExitCode.QUOTA:
        error = QuotaReached(RUN_QUOTA, **said)
    elif result.exit_code == ExitCode.FAILED:
        error = RunFailed(RUN_FAILED, **said)
    else:
        return result
    error.result = result
    raise error


def _kind(problem: str | None) -> type[Misconfigured]:
    """What a person has to change: the login, the database, or something else."""
    if problem in LOGIN_PROBLEMS:
        return LoginFailed
    return DatabaseUnavailable if problem in DATABASE_PROBLEMS else Misconfigured
