"""Errors of DATABASE_URL, and of the connection that it describes."""

from __future__ import annotations

from taskwho.model.errors.problem import Problem
from taskwho.model.exit_codes import ExitCode

_SHAPE = "Write it as postgresql://user:password@host:5432/database."

NOT_A_DATABASE_URL = Problem(
    code="not-a-database-url",
    what="DATABASE_URL does not begin with postgresql:// or postgresql+psycopg://.",
    fix=_SHAPE,
    exit_code=ExitCode.MISCONFIGURED,
)
UNREADABLE_DATABASE_URL = Problem(
    code="unreadable-database-url",
    what="PostgreSQL's client library cannot read DATABASE_URL.",
    fix=f"{_SHAPE} Percent-encode special characters of its user name and password.",
    exit_code=ExitCode.MISCONFIGURED,
)
DATABASE_UNREACHABLE = Problem(
    code="database-unreachable",
    what="There is no connection to the database: {said}.",
    fix="{fix}",
    exit_code=ExitCode.MISCONFIGURED,
)
