"""What PostgreSQL refuses outside of migration and promotion, in words."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import psycopg

from taskwho.model.errors import Misconfigured, RunFailed
from taskwho.model.errors.database import (
    CONNECTION_LOST,
    DATABASE_RIGHT_MISSING,
    READ_ONLY_TRANSACTION,
    SERVER_FULL,
    STATEMENT_CANCELLED,
    STATEMENT_REFUSED,
)
from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.errors import TaskwhoError

# the first that fits; no SQLSTATE is an empty one (postgresql.org, appendix: error codes)
_BY_SQLSTATE = (
    ("57014", STATEMENT_CANCELLED),
    ("57P", CONNECTION_LOST),
    ("08", CONNECTION_LOST),
    ("42501", DATABASE_RIGHT_MISSING),
    ("25006", READ_ONLY_TRANSACTION),
    ("53", SERVER_FULL),
    ("", STATEMENT_REFUSED),
)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Raise a TaskwhoError for an error of the database that nobody else has explained."""
    try:
        yield
    except psycopg.Error as error:
        raise explained(error) from None


def explained(error: psycopg.Error) -> TaskwhoError:
    """A database error in words, without the statement and without values."""
    code = error.sqlstate or ""
    problem = next(found for prefix, found in _BY_SQLSTATE if code.startswith(prefix))
    if not code and isinstance(error, psycopg.OperationalError):
        problem = CONNECTION_LOST
    said = " ".join(str(error.diag.message_primary or type(error).__name__).split()).rstrip(".")
    kind = Misconfigured if problem.exit_code is ExitCode.MISCONFIGURED else RunFailed
    return kind(problem, said=said, sqlstate=code or "none")
