"""The tap's errors as ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.model.errors import LoginFailed, Misconfigured, QuotaReached, RunFailed, TaskwhoError
from taskwho.model.errors.running import LOGIN_PROBLEMS, ORG_FAILED, ORG_QUOTA, ORG_REFUSED
from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from tap_salesforce_taskwho.errors import TapError


def of_tap(error: TapError) -> TaskwhoError:
    """The same cause and exit code, as an error that a program can tell apart."""
    code = int(error.exit_code)
    if code == ExitCode.MISCONFIGURED:
        kind = LoginFailed if error.problem.code in LOGIN_PROBLEMS else Misconfigured
        return kind(ORG_REFUSED, error=error)
    if code == ExitCode.QUOTA:
        return QuotaReached(ORG_QUOTA, error=error.cause)
    return RunFailed(ORG_FAILED, error=error.cause)
