"""Errors of the schema `taskwho`: its version and its migrations."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_NOTHING_CHANGED = "Nothing was changed, and what landed is kept."

DATABASE_NEWER = Problem(
    code="database-newer",
    what=(
        "The schema taskwho of the database has version {number}, and taskwho {release} knows "
        "version {known}."
    ),
    why="A later release has migrated it.",
    fix="Install that release: `pip install 'taskwho=={newer}'`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.MISCONFIGURED,
)
MIGRATION_REFUSED = Problem(
    code="migration-refused",
    what="The migration {migration} of the schema taskwho failed: {said} (SQLSTATE {sqlstate}).",
    why="A table of the schema, or a row of it, is not as taskwho made it.",
    fix="Change or remove what is named, then run `taskwho prepare`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.MISCONFIGURED,
)
MIGRATION_ENDED = Problem(
    code="migration-ended",
    what="PostgreSQL ended the migration of the schema taskwho: {said}.",
    why="The server stopped it, or another session held a lock for more than 10 minutes.",
    fix="End that session or wait for it, then run `taskwho prepare`.",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.FAILED,
)
SCHEMA_RIGHT_MISSING = Problem(
    code="schema-right-missing",
    what="The role of DATABASE_URL lacks a right on the schema taskwho: {said}.",
    fix="An administrator has to run:\n{statements}",
    kept=_NOTHING_CHANGED,
    exit_code=ExitCode.MISCONFIGURED,
)
_LANDED = "What landed is kept, and so is the bookmark."

CONNECTION_LOST = Problem(
    code="connection-lost",
    what="The connection to the database was lost ({said}).",
    why="The server was stopped, or something between ended the connection.",
    fix="Check that PostgreSQL runs, then run it again.",
    kept=_LANDED,
    exit_code=ExitCode.FAILED,
)
STATEMENT_CANCELLED = Problem(
    code="statement-cancelled",
    what="PostgreSQL ended a statement before it was done: {said}.",
    why="The role or the database sets statement_timeout, or somebody cancelled it.",
    fix="Raise statement_timeout for the role of DATABASE_URL, then run it again.",
    kept=_LANDED,
    exit_code=ExitCode.FAILED,
)
DATABASE_RIGHT_MISSING = Problem(
    code="database-right-missing",
    what="The role of DATABASE_URL lacks a right: {said}.",
    fix="An administrator has to grant it. `taskwho prepare` shows the statements for its schema.",
    kept=_LANDED,
    exit_code=ExitCode.MISCONFIGURED,
)
READ_ONLY_TRANSACTION = Problem(
    code="read-only-transaction",
    what="The database takes no writes: {said}.",
    why="The server became a standby, or a setting makes its transactions read-only.",
    fix="Name the primary server in DATABASE_URL, or take the setting away.",
    kept=_LANDED,
    exit_code=ExitCode.MISCONFIGURED,
)
SERVER_FULL = Problem(
    code="server-full",
    what="The database server has no room left: {said} (SQLSTATE {sqlstate}).",
    why="Its disk, its memory or its connections are used up.",
    fix="Free some on the server, then run it again.",
    kept=_LANDED,
    exit_code=ExitCode.FAILED,
)
STATEMENT_REFUSED = Problem(
    code="statement-refused",
    what="PostgreSQL refused a statement: {said} (SQLSTATE {sqlstate}).",
    why="A table or function is not as taskwho expects it, or changed meanwhile.",
    fix="Run `taskwho doctor`, which names what does not fit, then run it again.",
    kept=_LANDED,
    exit_code=ExitCode.FAILED,
)
LANDING_UNFIT = Problem(
    code="landing-unfit",
    what="The landing table {table} was made by {loader}: {columns}.",
    why=(
        "The promotion reads what target-postgres-taskwho and MeltanoLabs' target-postgres land: "
        "columns with the names of Salesforce, as text or with the types of the tap's schema."
    ),
    fix=(
        "Drop the table, load with one of these two and the setting default_target_schema taskwho, "
        "and run once with mode full."
    ),
    kept="Nothing was changed, and what landed is kept.",
    exit_code=ExitCode.MISCONFIGURED,
)
