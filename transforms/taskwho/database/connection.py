"""The connection to PostgreSQL that DATABASE_URL describes."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import conninfo

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.connection import (
    DATABASE_UNREACHABLE,
    NOT_A_DATABASE_URL,
    UNREADABLE_DATABASE_URL,
)

_SCHEME = re.compile(r"postgres(?:ql)?(?:\+\w+)?://")
_CONNECT_SECONDS = 15
# "taskwho" as a number. Who changes the product's tables holds this advisory lock of the database.
ADVISORY_LOCK = int.from_bytes(b"taskwho", "big")
# what libpq says, which has no codes for it -> what to do about it
_FIXES = (
    ("password authentication failed", "Check user and password in DATABASE_URL."),
    ("no password supplied", "Put the password into DATABASE_URL."),
    ("no pg_hba.conf entry", "Have an administrator admit this user from this machine."),
    ("does not exist", "Create it, or name another one in DATABASE_URL."),
    ("", "Check that PostgreSQL runs there, and host and port in DATABASE_URL."),
)


def libpq_url(url: str) -> str:
    """The URL as libpq reads it: SQLAlchemy's name of the driver is left out."""
    if not _SCHEME.match(url):
        raise TaskwhoError(NOT_A_DATABASE_URL)
    return _SCHEME.sub("postgresql://", url, count=1)


def connect(url: str) -> psycopg.Connection[Any]:
    """A connection in autocommit mode.

    Raises TaskwhoError, whose text holds nothing of the password.
    """
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
        raise _unreachable(str(error), password) from None
    except psycopg.ProgrammingError:
        # libpq's own text repeats the URL, with its password
        raise TaskwhoError(UNREADABLE_DATABASE_URL) from None


def _unreachable(said: str, password: object) -> TaskwhoError:
    reason = " ".join(said.rpartition("FATAL:")[2].split()).rstrip(".?")
    reason = reason.removeprefix("connection failed: ")
    if password:
        reason = reason.replace(str(password), "***")
    fix = next(fix for part, fix in _FIXES if part in reason)
    return TaskwhoError(DATABASE_UNREACHABLE, said=reason, fix=fix)
