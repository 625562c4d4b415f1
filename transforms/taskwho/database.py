"""Connections to PostgreSQL, and what to do where there is none."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.errors import FAILED, MISCONFIGURED, TaskwhoError

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEME = re.compile(r"^postgres(?:ql)?(?:\+\w+)?://")
CONNECT_SECONDS = 15
MENDS = (
    ("password authentication failed", "Check user and password in DATABASE_URL."),
    ("no password supplied", "Put the password into DATABASE_URL."),
    ("does not exist", "Create it, or name another one in DATABASE_URL."),
    ("", "Check that PostgreSQL runs there, and host and port in DATABASE_URL."),
)


def libpq_url(url: str) -> str:
    """The URL as libpq reads it; SQLAlchemy's driver name is left out."""
    if not SCHEME.match(url):
        raise TaskwhoError(
            MISCONFIGURED,
            "DATABASE_URL is no PostgreSQL URL. Write it as "
            "postgresql://user:password@host:5432/database.",
        )
    return SCHEME.sub("postgresql://", url)


def connect(url: str) -> psycopg.Connection[Any]:
    """A connection; raises TaskwhoError, whose text holds no password, where there is none."""
    try:
        return psycopg.connect(
            libpq_url(url), connect_timeout=CONNECT_SECONDS, application_name="taskwho"
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1].rpartition("FATAL:")[2].strip()
        mend = next(mend for part, mend in MENDS if part in reason)
        raise TaskwhoError(
            MISCONFIGURED, f"No connection to the database: {reason}. {mend}"
        ) from None
    except psycopg.ProgrammingError:
        raise TaskwhoError(
            MISCONFIGURED,
            "DATABASE_URL cannot be read. Write it as "
            "postgresql://user:password@host:5432/database, with special "
            "characters of the password percent-encoded.",
        ) from None


def statement(name: str, **parts: sql.Composable) -> sql.Composed:
    """The SQL file of that name with its identifiers filled in."""
    text = files("taskwho").joinpath("sql", f"{name}.sql").read_text("utf-8")
    # the files are this package's own; psycopg wants a literal to know that
    return sql.SQL(text).format(**parts)


def script(
    connection: psycopg.Connection[Any], name: str, parts: Mapping[str, sql.Composable]
) -> None:
    """Run a SQL file."""
    connection.execute(statement(name, **parts))


def lost(error: psycopg.Error) -> TaskwhoError:
    """What ended a transaction, in words without the statement and its values."""
    reason = (error.diag.message_primary or type(error).__name__).strip()
    return TaskwhoError(
        FAILED,
        f"PostgreSQL ended the promotion ({error.sqlstate or 'no SQLSTATE'}: {reason}). Nothing "
        "was changed, and what "
        "had landed is kept: run `taskwho post-load` again.",
    )
