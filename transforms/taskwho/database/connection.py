"""The connection to PostgreSQL: libpq alone reads DATABASE_URL, so what libpq takes is taken."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from psycopg import IsolationLevel, conninfo, sql

from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.errors import DatabaseUnavailable
from taskwho.model.errors.connection import (
    DATABASE_UNREACHABLE,
    NOT_A_DATABASE_URL,
    NOT_UTF8,
    READ_ONLY,
    STANDBY,
    UNREADABLE_DATABASE_URL,
)
from taskwho.model.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEME = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)
# these end a user name or a password in libpq's eyes, where they are not percent-encoded
_TO_ENCODE = re.compile(r"[@/\s]|%(?![0-9A-Fa-f]{2})")
_CONNECT_SECONDS = "15"
# "taskwho" as a number. Who changes the product's tables holds this advisory lock of the database.
ADVISORY_LOCK = int.from_bytes(b"taskwho", "big")
# What the scripts are written for. PgBouncer keeps these for each of its clients, as it does
# client_encoding (pgbouncer.org/config.html, track_extra_parameters).
_DEFAULTS = "set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set standard_conforming_strings = on"
# libpq asks back where nobody answers; a fix of ours follows
_QUESTION = re.compile(r"\n\t[^\n]*\?")
_WRITES = "select pg_is_in_recovery(), current_setting('default_transaction_read_only')::boolean"
_AUTHORITY = (
    "Set sslrootcert in DATABASE_URL to the certificate of the authority that signed the server's."
)
_BUSY = (
    "Wait until connections are free, or have an administrator raise the limit, then run it again."
)
# each host or address that was tried, as psycopg lists them
_TRIED = re.compile(r"^- host: .+?, port: .+?, hostaddr: (?:None|'[^']*'): ", re.MULTILINE)
# what libpq says, which has no codes for it -> what to do about it
_FIXES = (
    ("password authentication failed", "Check user and password in DATABASE_URL."),
    ("no password supplied", "Put the password into DATABASE_URL."),
    *((said, _AUTHORITY) for said in ("certificate verify failed", "root certificate file")),
    (
        "does not match host name",
        "Write the host in DATABASE_URL as the server's certificate names it.",
    ),
    (
        "does not support SSL",
        "Have an administrator switch ssl on, or take sslmode out of DATABASE_URL.",
    ),
    (
        "no encryption",
        "Add sslmode=verify-full and sslrootcert to DATABASE_URL: the server may want TLS.",
    ),
    *((said, _BUSY) for said in ("too many", "connection slots are reserved")),
    ("the database system is", "Wait until it is up, then run it again."),
    ("not permitted to log in", "Have an administrator give this user the attribute LOGIN."),
    ("session is read-only", "Name the primary server in DATABASE_URL too."),
    ("no pg_hba.conf entry", "Have an administrator admit this user from this machine."),
    ("does not exist", "Create it, or name another one in DATABASE_URL."),
    ("", "Check that PostgreSQL runs there, and host and port in DATABASE_URL."),
)


def libpq_url(url: str) -> str:
    """The URL as libpq reads it: SQLAlchemy's name of the driver is left out."""
    if not _SCHEME.match(url):
        raise DatabaseUnavailable(NOT_A_DATABASE_URL)
    return _SCHEME.sub("postgresql://", url, count=1)


def connect(url: str, name: str = "taskwho", **options: Any) -> psycopg.Connection[Any]:  # noqa: ANN401 - libpq's
    """A connection in autocommit mode; `options` are defaults for what the URL leaves open.

    Raises DatabaseUnavailable, whose text holds nothing of the password.
    """
    target = libpq_url(url)
    given = _read(target)
    defaults = {"connect_timeout": _CONNECT_SECONDS, "fallback_application_name": name, **options}
    missing = {key: value for key, value in defaults.items() if key not in given}
    try:
        # over what environment, role or database say
        connection = psycopg.connect(
            target,
            autocommit=True,
            # Nothing prepared: PgBouncer in transaction mode may send the next statement to
            # another session. See psycopg's documentation, "Using prepared statements".
            prepare_threshold=None,
            client_encoding="UTF8",
            **missing,
        )
        connection.execute(_DEFAULTS)
    except psycopg.OperationalError as error:
        if _is_cut_in_the_wrong_place(given):
            raise _unreadable(target) from None
        raise _unreachable(str(error), given.get("password")) from None
    except psycopg.ProgrammingError:
        raise _unreadable(target) from None
    connection.isolation_level = IsolationLevel.READ_COMMITTED
    return connection


def password(url: str) -> str | None:
    """The password of a URL; None where it has none, or is no URL."""
    try:
        found = _read(libpq_url(url)).get("password")
    except DatabaseUnavailable:
        return None
    return str(found) if found else None


@contextmanager
def transaction(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction whose temporary tables and functions go with it.

    PgBouncer in transaction mode gives the session to other clients afterwards.
    """
    with connection.transaction():
        yield
        connection.execute("discard temp")


def lift_time_outs(connection: psycopg.Connection[Any]) -> None:
    """Take the time-outs that role or database set from the open transaction."""
    SCRIPTS.run(connection, "no_time_outs")


def check_usable(connection: psycopg.Connection[Any]) -> None:
    """Raise DatabaseUnavailable where the database takes no writes, or not every character."""
    database, role = connection.info.dbname, connection.info.user
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseUnavailable(NOT_UTF8, database=database, encoding=encoding)
    [(is_standby, is_read_only)] = connection.execute(_WRITES).fetchall()
    if is_standby:
        raise DatabaseUnavailable(STANDBY, database=database)
    if is_read_only:
        names = {"role": sql.Identifier(role), "name": sql.Identifier(database)}
        quoted = {key: name.as_string() for key, name in names.items()}
        raise DatabaseUnavailable(READ_ONLY, database=database, **quoted)


def _read(target: str) -> dict[str, Any]:
    try:
        return dict(conninfo.conninfo_to_dict(target))
    except psycopg.ProgrammingError:
        # libpq's own text repeats the URL, with its password
        raise _unreadable(target) from None


def _is_cut_in_the_wrong_place(given: dict[str, Any]) -> bool:
    """Whether libpq took a piece of the password for a host, a port or a database."""
    pieces = (given.get("host"), given.get("dbname"))
    ports = str(given.get("port") or "").split(",")
    return any("@" in str(piece) for piece in pieces) or not all(
        port.isdecimal() or not port for port in ports
    )


def _unreadable(target: str) -> DatabaseUnavailable:
    user_and_password = target.partition("://")[2].rpartition("@")[0]
    found = dict.fromkeys(_TO_ENCODE.findall(user_and_password))
    if found:
        names = " and ".join(f"{char!r} as {quote(char, safe='')}" for char in found)
        encoding = f"Write {names} in its user name and password."
    else:
        encoding = "Percent-encode special characters of its user name and password."
    return DatabaseUnavailable(UNREADABLE_DATABASE_URL, encoding=encoding)


def _reason(said: str) -> str:
    reason = " ".join(said.rpartition("FATAL:")[2].split()).rstrip(".?")
    return reason.removeprefix("connection failed: ")


def _unreachable(said: str, password: object) -> DatabaseUnavailable:
    tried = _TRIED.split(_QUESTION.sub("", said))
    reasons = dict.fromkeys(map(_reason, tried[1:] or tried))
    reason = Redactor([str(password or "")]).clean("; ".join(reasons))
    fix = next(fix for part, fix in _FIXES if part in reason)
    return DatabaseUnavailable(DATABASE_UNREACHABLE, said=reason, fix=fix)
