"""Errors of the embedded PostgreSQL."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_OWN = "set DATABASE_URL (postgresql://user:password@host/database) to use a PostgreSQL of your own"

NO_DATABASE = Problem(
    code="no-database",
    what="DATABASE_URL is not set, neither in the environment nor in {file}.",
    fix=(
        "Go to the folder of your project, or set DATABASE_URL "
        "(postgresql://user:password@host/database) in one of them. Or run "
        "`taskwho prepare --embedded`, which starts a PostgreSQL in this folder and sets it."
    ),
    kept="Nothing was started.",
    exit_code=ExitCode.MISCONFIGURED,
)
ANOTHER_DATABASE_IS_SET = Problem(
    code="another-database-is-set",
    what="DATABASE_URL is set, and not to the embedded PostgreSQL of this project.",
    fix=(
        "To use the database that it names, run `taskwho prepare`. To use the embedded PostgreSQL, "
        "remove DATABASE_URL from the environment and from {file}, then run "
        "`taskwho prepare --embedded`."
    ),
    kept="Nothing was started or written.",
    exit_code=ExitCode.MISCONFIGURED,
)
EMBEDDED_NOT_INSTALLED = Problem(
    code="embedded-not-installed",
    what="The embedded PostgreSQL is not installed.",
    fix=f"Run `pip install 'taskwho[embedded]'`, or {_OWN}.",
    exit_code=ExitCode.MISCONFIGURED,
)
EMBEDDED_NOT_POSSIBLE = Problem(
    code="embedded-not-possible",
    what="The embedded PostgreSQL cannot work in {folder}: {said}.",
    fix=f"Remove the cause and run again, or {_OWN}.",
    exit_code=ExitCode.FAILED,
)
EMBEDDED_NOT_STARTED = Problem(
    code="embedded-not-started",
    what="The embedded PostgreSQL ended as it started: {said}.",
    fix=f"Remove the cause and run again, or {_OWN}. Its log is {{log}}.",
    kept="Its data is as it was.",
    exit_code=ExitCode.FAILED,
)
EMBEDDED_NOT_READY = Problem(
    code="embedded-not-ready",
    what="The embedded PostgreSQL was not ready after {seconds} seconds.",
    why="After a kill it first replays its log, which takes its time.",
    fix="Run again in a minute. Its log, {log}, says what it does.",
    kept="It goes on, and its data is kept.",
    exit_code=ExitCode.FAILED,
)
EMBEDDED_NOT_STOPPED = Problem(
    code="embedded-not-stopped",
    what="The embedded PostgreSQL was told to stop, and still runs after {seconds} seconds.",
    fix="Run `taskwho prepare --stop` again in a minute. Its log, {log}, says what it does.",
    kept="Its data is kept.",
    exit_code=ExitCode.FAILED,
)
EMBEDDED_COPIED_WHILE_IT_RAN = Problem(
    code="embedded-copied-while-it-ran",
    what="{folder} was copied while its PostgreSQL ran.",
    why="The copied files are of different moments and do not fit together.",
    fix=(
        "Run `taskwho prepare --stop` in the original project and copy again. Or remove {folder} "
        "and run `taskwho prepare --embedded`, which creates an empty database."
    ),
    kept="Nothing was started or changed, here or in the original.",
    exit_code=ExitCode.MISCONFIGURED,
)
EMBEDDED_OF_EARLIER_RELEASE = Problem(
    code="embedded-of-earlier-release",
    what="An earlier release made the embedded PostgreSQL in {folder}.",
    why="It lets in every local user who reaches its socket, and this release does not start it.",
    fix=(
        "If it still runs, stop it with `kill -INT $(head -n 1 '{folder}/postmaster.pid')`. Then "
        "remove {folder}, and run `taskwho prepare --embedded` and `taskwho sync --all`, which "
        "reads everything again. If it holds tables of your own, dump them first with that release."
    ),
    kept="Nothing was changed.",
    exit_code=ExitCode.MISCONFIGURED,
)
