"""The way into PostgreSQL, and what to say where there is none."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import conninfo

from taskwho.model.errors import MISCONFIGURED, TaskwhoError

_SCHEME = re.compile(r"postgres(?:ql)?(?:\+\w+)?://")
_CONNECT_SECONDS = 15
# "taskwho" as a number. Who changes the product's tables holds this advisory lock of the database.
ADVISORY_LOCK = int.from_bytes(b"taskwho", "big")
# what libpq says (it has no codes for these) -> what to do about it
_MENDS = (
    ("password authentication failed", "Check user and password in DATABASE_URL."),
    ("no password supplied", "Put the password into DATABASE_URL."),
    ("no pg_hba.conf entry", "Have an administrator admit this user from this machine."),
    ("does not exist", "Create it, or name another one in DATABASE_URL."),
    ("", "Check that PostgreSQL runs there, and host and port in DATABASE_URL."),
)


def libpq_url(url: str) -> str:
    """The URL as libpq reads it: SQLAlchemy's name of a driver is left out."""
    if not _SCHEME.match(url):
        raise TaskwhoError(
            MISCONFIGURED,
            "DATABASE_URL is no PostgreSQL URL. Write it as "
            "postgresql://user:password@host:5432/database.",
        )
    return _SCHEME.sub("postgresql://", url, count=1)


def connect(url: str) -> psycopg.Connection[Any]:
    """A connection in autocommit mode; where there is none, TaskwhoError without the password."""
    target = libpq_url(url)
    try:
        password = conninfo.conninfo_to_dict(target).get("password")
        return psycopg.connect(
            target,
            autocommit=True,
            connect_timeout=_CONNECT_SECONDS,
            application_name="taskwho",
        )
    except psycopg.OperationalError as error:
        raise TaskwhoError(MISCONFIGURED, _unreachable(str(error), password)) from None
    except psycopg.ProgrammingError:
        # libpq repeats the URL, password and all
        raise TaskwhoError(
            MISCONFIGURED,
            "DATABASE_URL cannot be read. Write it as "
            "postgresql://user:password@host:5432/database, with special characters of the "
            "password percent-encoded.",
        ) from None


def _unreachable(said: str, password: object) -> str:
    reason = " ".join(said.rpartition("FATAL:")[2].split())
    if password:
        reason = reason.replace(str(password), "***")
    mend = next(mend for part, mend in _MENDS if part in reason)
    return f"No connection to the database: {reason}. {mend}"
