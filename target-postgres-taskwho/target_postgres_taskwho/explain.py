"""Which declared problem an exception is."""

from __future__ import annotations

import psycopg
from psycopg import errors as sqlstates
from singer_sdk.exceptions import ConfigurationError, ConfigValidationError, SyncError
from singer_sdk.singerlib.exceptions import InvalidInputLine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchTableError

from target_postgres_taskwho import errors
from target_postgres_taskwho.errors import LoadError

CONFIG = (ConfigValidationError, ConfigurationError, AssertionError)  # the stock target asserts
# what SQLAlchemy says of a view, and the stock target of a column whose type has changed
CHANGED_TABLE = ("Could not reflect", "Altering columns is not supported")
BY_SQLSTATE: dict[type[psycopg.Error], errors.Problem] = {
    sqlstates.InsufficientPrivilege: errors.RIGHT_MISSING,
    sqlstates.ReadOnlySqlTransaction: errors.DATABASE_READ_ONLY,
    sqlstates.DiskFull: errors.DATABASE_FULL,
    sqlstates.UndefinedTable: errors.TABLE_CHANGED,
    sqlstates.UndefinedColumn: errors.TABLE_CHANGED,
    sqlstates.InvalidSchemaName: errors.TABLE_CHANGED,
    sqlstates.WrongObjectType: errors.TABLE_CHANGED,
    sqlstates.AdminShutdown: errors.CONNECTION_LOST,
    sqlstates.CrashShutdown: errors.CONNECTION_LOST,
    sqlstates.CannotConnectNow: errors.CONNECTION_LOST,
}
LONGEST_REASON = 500


def explain(error: Exception) -> LoadError:
    """Give the declared problem with what the exception says of it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, LoadError):
        return cause
    if isinstance(cause, psycopg.Error):
        return _of_database(cause)
    problem = errors.LOAD_FAILED
    if isinstance(error, CONFIG):
        problem = errors.CONFIG_INVALID
    elif isinstance(error, ArgumentError):
        problem = errors.DATABASE_URL_INVALID
    elif isinstance(error, InvalidInputLine | SyncError | UnicodeEncodeError):
        problem = errors.INPUT_INVALID  # UnicodeEncodeError: half of a surrogate pair
    elif _is_changed_table(error):
        problem = errors.TABLE_CHANGED
    return LoadError(problem, reason=_reason(error))


def unreachable(error: psycopg.Error) -> LoadError:
    """Say why there is no connection; libpq's text names host and user, not the password."""
    return LoadError(errors.DATABASE_UNREACHABLE, reason=_reason(error))


def _of_database(error: psycopg.Error) -> LoadError:
    reason = error.diag.message_primary or _reason(error)
    if problem := BY_SQLSTATE.get(type(error)):
        return LoadError(problem, reason=reason)
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        return LoadError(errors.CONNECTION_LOST, reason=reason)
    state = f" (SQLSTATE {error.sqlstate})" if error.sqlstate else ""
    return LoadError(errors.ROWS_REFUSED, reason=reason + state)


def _is_changed_table(error: Exception) -> bool:
    return isinstance(error, NoSuchTableError) or str(error).startswith(CHANGED_TABLE)


def _reason(error: Exception) -> str:
    text = "; ".join(error.errors) if isinstance(error, ConfigValidationError) else str(error)
    text = " ".join(text.split()).rstrip(".")
    # these are sentences already
    if not isinstance(error, (*CONFIG, psycopg.Error)) and not text.startswith(CHANGED_TABLE):
        text = f"{type(error).__name__}: {text}".rstrip(": ")
    return text if len(text) <= LONGEST_REASON else text[:LONGEST_REASON] + " ..."
