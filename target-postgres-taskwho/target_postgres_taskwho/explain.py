"""What can end a load: one line that says what happened, why, and what to do; never a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import errors
from singer_sdk.exceptions import ConfigurationError, ConfigValidationError, SyncError
from singer_sdk.singerlib.exceptions import InvalidInputLine
from sqlalchemy.exc import ArgumentError, DBAPIError

from target_postgres_taskwho.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_MESSAGE = 500


class LoadError(Exception):
    """The load failed; what was committed stays, and no STATE beyond it was passed on."""

    exit_code = 1


class UserError(LoadError):
    """Somebody must change a setting, a credential or an access right."""

    exit_code = 2


def explain(error: Exception, config: Mapping[str, Any]) -> LoadError:
    """Turn whatever ended the load into one line and an exit code, without secrets."""
    told = _told(error)
    return type(told)(redact(" ".join(str(told).split()), config))


def _told(error: Exception) -> LoadError:
    if isinstance(error, LoadError):
        return error
    if isinstance(error, ConfigValidationError):
        return UserError(f"The config cannot be used: {'; '.join(error.errors)}. Correct it.")
    # the stock target checks its settings with assert
    if isinstance(error, ConfigurationError | AssertionError):
        return UserError(f"The config cannot be used: {error}. Correct it.")
    if isinstance(error, ArgumentError):
        return UserError(
            "sqlalchemy_url is no database URL that can be read. Write it as "
            "postgresql://user:password@host:5432/database, special characters percent-encoded."
        )
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        return _database(cause)
    cure = "run it again"
    if isinstance(error, InvalidInputLine | SyncError):
        cure = "mend what the tap writes, or choose another tap"
    return LoadError(f"The load failed: {_short(error)}. What was committed stays; {cure}.")


def unreachable(error: psycopg.Error) -> UserError:
    """Tell why no connection came about; libpq's text names host and user, not the password."""
    return UserError(
        f"The database cannot be reached: {_short(error)}. Check that it runs, and the host, "
        "database, user and password of DATABASE_URL (sqlalchemy_url)."
    )


def _database(error: psycopg.Error) -> LoadError:
    cause = error.diag.message_primary or _short(error)
    if isinstance(error, errors.InsufficientPrivilege):
        return UserError(
            f"The database user lacks a right: {cause}. Ask an administrator for GRANT CREATE ON "
            "DATABASE (or for the schema with GRANT CREATE, USAGE on it, and INSERT on its tables)."
        )
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return LoadError(
            f"The connection to the database was lost: {_short(error)}. What was committed stays; "
            "run it again."
        )
    where = f" (SQLSTATE {error.sqlstate})" if error.sqlstate else ""
    return LoadError(
        f"The database refused the rows: {cause}{where}. What was committed stays; mend the cause "
        "and run it again."
    )


def _short(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    named = f"{type(error).__name__}: {text}" if text else type(error).__name__
    shown = text if isinstance(error, psycopg.Error) else named
    return shown if len(shown) <= LONGEST_MESSAGE else shown[:LONGEST_MESSAGE] + " ..."
