"""Brings the schema `taskwho` of a database to the version that this program knows.

CONTRIBUTING.md has the recipe: add a migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import grants, landing
from taskwho.database.connection import ADVISORY_LOCK, lift_time_outs
from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.database import (
    DATABASE_NEWER,
    MIGRATION_ENDED,
    MIGRATION_REFUSED,
    SCHEMA_RIGHT_MISSING,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_NAMING = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.ForeignKeyViolation,
    psycopg.errors.DependentObjectsStillExist,
)


# Meltano writes the first state, which migrates, while the loader makes the schema and its tables
_MADE_BY_A_LOADER = (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateTable)


@dataclass(frozen=True, slots=True)
class Migration:
    """A file of the folder `migrations`; its number is the version that it makes."""

    number: int
    name: str
    statements: bytes

    def __str__(self) -> str:
        """The file's name, without suffix."""
        return f"{self.number:04}_{self.name}"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The newest migration of a database, 0 if it has none, and the landing tables that it lacks.

    `release` is the release of this program that applied the newest migration.
    """

    number: int
    release: str | None
    missing: list[str]


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration, by number; the last one's is the version that this program knows."""
    folder = files("taskwho.database") / "migrations"
    found = []
    for file in folder.iterdir():
        number, _, name = file.name.removesuffix(".sql").partition("_")
        found.append(Migration(int(number), name, file.read_bytes()))
    return tuple(sorted(found, key=lambda migration: migration.number))


def schema_state(conn: psycopg.Connection[Any]) -> SchemaState:
    """What a database has, by one query; it changes nothing."""
    streams = list(landing.streams())
    try:
        [row] = SCRIPTS.run(conn, "schema_state", {"streams": streams})
    except psycopg.errors.UndefinedTable:
        return SchemaState(0, None, streams)
    return SchemaState(*row)


def is_current(state: SchemaState, known: Sequence[Migration] | None = None) -> bool:
    """Whether a database has every migration; TaskwhoError where it is newer than this program."""
    newest = (known or migrations())[-1].number
    if state.number > newest:
        values = {"number": state.number, "newer": state.release, "known": newest}
        raise TaskwhoError(DATABASE_NEWER, release=_release(), **values)
    return state.number == newest


def migrate(
    conn: psycopg.Connection[Any],
    rights: Callable[[psycopg.Connection[Any]], str] = grants.for_landing,
    known: Sequence[Migration] | None = None,
) -> None:
    """Apply the migrations that a database lacks, and make the landing tables that it lacks.

    One transaction, which waits for another migration or promotion to end; one query where nothing
    is missing. Raises TaskwhoError where the database is newer, a migration fails or the role may
    not: then with the statements that `rights` gives, which an administrator has to run.
    """
    try:
        state = schema_state(conn)
    except psycopg.errors.InsufficientPrivilege as error:
        raise _no_right(error, rights(conn)) from None
    if is_current(state, known) and not state.missing:
        return
    try:
        try:
            with conn.transaction():
                _apply(conn, known or migrations())
        except _MADE_BY_A_LOADER:
            with conn.transaction():
                _apply(conn, known or migrations())
    except psycopg.errors.InsufficientPrivilege as error:
        statements = f"{rights(conn)}\n{grants.for_ownership(conn)}".rstrip()
        raise _no_right(error, statements) from None
    except psycopg.Error as error:
        said = error.diag.message_primary or "the connection was lost"
        raise TaskwhoError(MIGRATION_ENDED, said=said) from None


def _apply(conn: psycopg.Connection[Any], known: Sequence[Migration]) -> None:
    lift_time_outs(conn)
    SCRIPTS.run(conn, "begin_migration", lock=sql.Literal(ADVISORY_LOCK))
    SCRIPTS.run(conn, "schema_version")
    # another program may have migrated it before this one had the lock
    state = schema_state(conn)
    if not is_current(state, known):
        for migration in known:
            if migration.number > state.number:
                _apply_one(conn, migration)
    landing.make_tables(conn, state.missing)
    landing.add_comments(conn)


def _apply_one(conn: psycopg.Connection[Any], migration: Migration) -> None:
    row = {"number": migration.number, "name": migration.name, "release": _release()}
    SCRIPTS.run(conn, "add_version", row)
    try:
        conn.execute(migration.statements)
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege):
        raise
    except psycopg.Error as error:
        raise _refused(migration, error) from None


def _release() -> str:
    return metadata.version("taskwho")


def _no_right(error: psycopg.Error, statements: str) -> TaskwhoError:
    said = error.diag.message_primary
    return TaskwhoError(SCHEMA_RIGHT_MISSING, said=said, statements=statements)


def _refused(migration: Migration, error: psycopg.Error) -> TaskwhoError:
    said = str(error.diag.message_primary)
    # these details name keys or objects; those of other errors hold whole rows
    if isinstance(error, _NAMING):
        said = f"{said}: {error.diag.message_detail}".rstrip(".")
    return TaskwhoError(MIGRATION_REFUSED, migration=migration, said=said, sqlstate=error.sqlstate)
