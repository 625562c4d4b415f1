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
