"""Errors of `taskwho verify`."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

NOTHING_READ_YET = Problem(
    code="nothing-read-yet",
    what="No run has read the relations of Salesforce to the end yet.",
    why="So there is nothing to compare.",
    fix="Run `taskwho sync`, then `taskwho verify`.",
    kept="Nothing was read or changed.",
    exit_code=ExitCode.FAILED,
)
COMPARISON_ENDED = Problem(
    code="comparison-ended",
    what="PostgreSQL ended the comparison: {said} ({sqlstate}).",
    fix="Fix the cause, then run `taskwho verify` again.",
    kept="What landed before is promoted. The comparison itself changes nothing.",
    exit_code=ExitCode.FAILED,
)
VERIFY_STOPPED = Problem(
    code="verify-stopped",
    what="The comparison was stopped.",
    fix="Run `taskwho verify` again: it begins anew.",
    kept="What had landed is promoted. The comparison itself changes nothing.",
    exit_code=ExitCode.STOPPED,
)
