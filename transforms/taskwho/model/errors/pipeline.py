"""Errors of a run: tap, loader, promotion."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_NOTHING_CHANGED = "Nothing was changed, and what landed is kept: the next post-load promotes it."

STOPPED_IN_PROMOTION = Problem(
    code="stopped-in-promotion",
    what="The promotion was stopped.",
    fix="Run again, or run `taskwho post-load` for the promotion alone.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.STOPPED,
)
REPORT_NOT_WRITTEN = Problem(
    code="report-not-written",
    what="The report cannot be written to {folder}: {error}.",
    fix=(
        "Make the folder writable, or name another one in TASKWHO_REPORTS_DIR, then run `taskwho "
        "post-load`, which writes it."
    ),
    kept="A promotion that has ended is kept, and its result is in the table taskwho.runs.",
    exit_code=ExitCode.FAILED,
)
REPORT_PENDING = Problem(
    code="report-pending",
    what="The connection to the database was lost before the report was written: {said}.",
    fix="Check that PostgreSQL runs, then run `taskwho post-load`, which writes it.",
    kept="The promotion is kept, and its result is in the table taskwho.runs.",
    exit_code=ExitCode.FAILED,
)
LOCK_HELD = Problem(
    code="lock-held",
    what="Another session has held a lock for more than {seconds} seconds ({said}).",
    fix="End that session or wait for it, then run `taskwho post-load`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.FAILED,
)
RIGHT_MISSING = Problem(
    code="right-missing",
    what="The role of DATABASE_URL lacks a right: {said}.",
    fix="An administrator has to run:\n{statements}",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.MISCONFIGURED,
)
NO_REPLICA_IDENTITY = Problem(
    code="no-replica-identity",
    what="A table cannot be written: {said}.",
    why="It belongs to a publication and has no primary key, so no row of it can be named.",
    fix="Give it a primary key, or run `alter table … replica identity full`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.MISCONFIGURED,
)
PROMOTION_ENDED = Problem(
    code="promotion-ended",
    what="PostgreSQL ended the promotion: {said} ({sqlstate}).",
    fix="Fix the cause, then run `taskwho post-load`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.FAILED,
)
PARENTS_NOT_ASKED = Problem(
    code="parents-not-asked",
    what="Salesforce did not tell why parents are missing.",
    why="{error}",
    fix="The next run asks again; `--no-explain` does not ask.",
    kept="The run itself is done, and this report says what the database tells.",
    exit_code=ExitCode.DONE,
)
ALERT_NOT_SENT = Problem(
    code="alert-not-sent",
    what="The alert did not arrive at the address in TASKWHO_NOTIFY: {why}.",
    fix="Correct the address, or take it away; the next run tries again.",
    kept="The run and its report are not affected.",
    exit_code=ExitCode.DONE,
)
METRICS_NOT_WRITTEN = Problem(
    code="metrics-not-written",
    what="The numbers of the run cannot be written to {file}: {error}.",
    fix="Make its folder, and let this user write to it, or name another file in `--metrics`.",
    kept="The run and its report are not affected.",
    exit_code=ExitCode.DONE,
)
HISTORY_NOT_REMOVED = Problem(
    code="history-not-removed",
    what="History that is older than `--keep` cannot be removed: {error}.",
    fix="Give this user the right to; the next run tries again.",
    kept="The run and its report are not affected.",
    exit_code=ExitCode.DONE,
)
