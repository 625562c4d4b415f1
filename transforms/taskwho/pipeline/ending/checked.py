"""The exception that a run's end is, for those who call the API."""

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

    `problem` is the code of the one that the tap or the loader ended with.
    """
    result.exit_code = int(result.exit_code)  # engines serialize no foreign enum
    said = {"error": result.error, "report": result.report_path or "taskwho.runs"}
    error: Misconfigured | QuotaReached | RunFailed
    if result.exit_code == ExitCode.MISCONFIGURED:
        kind = DatabaseUnavailable if problem in DATABASE_PROBLEMS else Misconfigured
        kind = LoginFailed if problem in LOGIN_PROBLEMS else kind
        error = kind(RUN_MISCONFIGURED, **said)
    elif result.exit_code == ExitCode.QUOTA:
        error = QuotaReached(RUN_QUOTA, **said)
    elif result.exit_code == ExitCode.FAILED:
        error = RunFailed(RUN_FAILED, **said)
    else:
        return result
    error.result = result
    raise error
