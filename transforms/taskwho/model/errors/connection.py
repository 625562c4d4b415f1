"""Errors of DATABASE_URL, and of the connection that it describes."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_SHAPE = "Write it as postgresql://user:password@host:5432/database."

NO_DATABASE_URL = Problem(
    code="no-database-url",
    what="No database_url was given, and DATABASE_URL is not set in the environment.",
    fix=(
        "Give one, such as postgresql://user:password@host:5432/database. If you have no "
        "PostgreSQL, run `taskwho prepare --embedded`, which starts one and writes its URL to .env."
    ),
    kept="Nothing was started or written.",
    exit_code=ExitCode.MISCONFIGURED,
)
NOT_A_DATABASE_URL = Problem(
    code="not-a-database-url",
    what="DATABASE_URL does not begin with postgresql:// or postgresql+psycopg://.",
    fix=_SHAPE,
    exit_code=ExitCode.MISCONFIGURED,
)
UNREADABLE_DATABASE_URL = Problem(
    code="unreadable-database-url",
    what="PostgreSQL's client library cannot read DATABASE_URL.",
    fix=f"{_SHAPE} {{encoding}}",
    exit_code=ExitCode.MISCONFIGURED,
)
DATABASE_UNREACHABLE = Problem(
    code="database-unreachable",
    what="There is no connection to the database: {said}.",
    fix="{fix}",
    exit_code=ExitCode.MISCONFIGURED,
)
STANDBY = Problem(
    code="database-standby",
    what="The database {database} takes no writes: its server is a standby.",
    fix=(
        "Name the primary server in DATABASE_URL, or name all of them and add "
        "`target_session_attrs=read-write`."
    ),
    kept="Nothing was changed.",
    exit_code=ExitCode.MISCONFIGURED,
)
READ_ONLY = Problem(
    code="database-read-only",
    what="The database {database} takes no writes: default_transaction_read_only is on.",
    why="The role, the database or the server sets it.",
    fix=(
        "An administrator has to run `alter role {role} in database {name} set "
        "default_transaction_read_only = off`."
    ),
    kept="Nothing was changed.",
    exit_code=ExitCode.MISCONFIGURED,
)
NOT_UTF8 = Problem(
    code="database-encoding",
    what="The database {database} is encoded in {encoding}.",
    why="It cannot hold every character that Salesforce sends.",
    fix=(
        "Create one with `create database taskwho encoding 'UTF8' template template0`, and name it "
        "in DATABASE_URL."
    ),
    exit_code=ExitCode.MISCONFIGURED,
)
