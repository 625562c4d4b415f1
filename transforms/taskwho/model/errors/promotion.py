"""Errors of the promotion. It is one transaction: after each of them, nothing has changed."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_KEPT = "Nothing was changed, and what landed is kept: the next post-load promotes it."

ANOTHER_PROMOTION_RUNS = Problem(
    code="another-promotion-runs",
    what="Another post-load runs on this database and has not ended within {seconds} seconds.",
    fix=(
        "Wait for it to end. If it hangs, end its session (application_name taskwho in "
        "pg_stat_activity)."
    ),
    kept="Nothing was changed, and what landed is kept: that post-load or the next promotes it.",
    exit_code=ExitCode.FAILED,
)
PARENTS_MISSING = Problem(
    code="parents-missing",
    what="These tables do not exist: {tables}.",
    why="The rows that landed or wait refer to them.",
    fix=(
        "Run `taskwho sync --all` or `meltano run sync-all`, which creates and fills them. Or name "
        "your tables in TASKWHO_SCHEMA, {variables}."
    ),
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
NO_SCHEMA = Problem(
    code="no-schema",
    what="The schema {schema} does not exist, so that the table {table} cannot be created.",
    fix="Create the schema, or name another one in TASKWHO_SCHEMA.",
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
TABLE_NOT_CREATED = Problem(
    code="table-not-created",
    what="The table {table} does not exist, and the role of DATABASE_URL may not create it.",
    fix="An administrator has to run:\n{statements}",
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
PARENT_EMPTIED = Problem(
    code="parent-emptied",
    what="The table {table} is empty. Relations that wait for a {noun} of it: {waiting}.",
    why="It had rows when the stored relations went in: somebody has emptied or replaced it since.",
    fix=(
        "Fill it: run the job that does, or `taskwho sync --all`. The next run then brings in what "
        "waits."
    ),
    kept="All that has landed is kept.",
    exit_code=ExitCode.MISCONFIGURED,
)
FIELD_NEEDED = Problem(
    code="field-needed",
    what="New relations cannot go in without {fields}, which was not read. Waiting: {waiting}.",
    why="The field is hidden from the integration user, or it is not selected.",
    fix=(
        "Give that user read access to it (Setup, the permission set, Field Permissions) and "
        "select it, then run `taskwho sync --mode full`."
    ),
    kept="All that has landed is kept.",
    exit_code=ExitCode.MISCONFIGURED,
)
REFERENCES_DENIED = Problem(
    code="references-denied",
    what="The role of DATABASE_URL may not refer to the parents' tables by foreign keys.",
    fix=(
        "Set TASKWHO_FOREIGN_KEYS to keep if you want no foreign keys. Otherwise an administrator "
        "has to run:\n{statements}"
    ),
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
PARENT_WITHOUT_KEY = Problem(
    code="parent-without-key",
    what="A foreign key cannot refer to a parent's table: {said}.",
    fix=(
        "Make it a table with a unique constraint on its key column: `alter table … add unique "
        "(…)`. Or set TASKWHO_FOREIGN_KEYS to keep, which adds no foreign key."
    ),
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
COLUMNS_MISSING = Problem(
    code="columns-missing",
    what="The table {table} lacks columns that {rows} need: {columns}.",
    fix="Run `{statement}`, then `taskwho sync --mode full`, which fills them.",
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
COLUMNS_UNFIT = Problem(
    code="columns-unfit",
    what="The table {table} cannot take {rows}: {columns}.",
    fix=(
        "Change these columns, or set TASKWHO_{setting}_TABLE to the name of a table that does not "
        "exist: the next post-load creates it."
    ),
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
NO_KEY_COLUMN = Problem(
    code="no-key-column",
    what="The table {table} has no column {key} for Salesforce Ids.",
    fix="Name another one in {setting}, or run `{statement}`.",
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
KEY_TYPE = Problem(
    code="key-type",
    what="The column {key} of {table} has the type {type}.",
    why="It has to hold Salesforce Ids, and PostgreSQL does not compare this type with text.",
    fix="Name another one in {setting}, or run `{statement}`.",
    kept=_KEPT,
    exit_code=ExitCode.MISCONFIGURED,
)
TAP_FAILED = Problem(
    code="tap-failed",
    what="The tap failed: its journal ends with a failure.",
    fix="Find the cause in the log of the tap, and fix it. Then run again.",
    kept="What had landed is promoted, and the next run goes on.",
    exit_code=ExitCode.FAILED,
)
