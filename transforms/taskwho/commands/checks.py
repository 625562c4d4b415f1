"""What `taskwho doctor` checks: database, tables, keys, freshness, then Salesforce."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from psycopg import sql

from taskwho.commands.sql_folder import SCRIPTS
from taskwho.database.catalog import describe
from taskwho.database.connection import connect
from taskwho.database.migrate import is_current, schema_state
from taskwho.model import project
from taskwho.model.entities import PARENTS
from taskwho.model.errors import TaskwhoError, doctor
from taskwho.model.exit_codes import ExitCode
from taskwho.model.reasons import FOREIGN_KEYS
from taskwho.model.salesforce_settings import salesforce_settings
from taskwho.model.sync_request import SyncRequest
from taskwho.org.explain.explain import last_explanation
from taskwho.pipeline.plugins.try_tap import try_tap
from taskwho.promotion.accounting.coverage import RECYCLE_BIN
from taskwho.report import missing_parents
from taskwho.report.next_steps import label_for, step_for
from taskwho.report.number_formats import instant, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

    from taskwho.model.entities import Entity
    from taskwho.model.errors import Problem
    from taskwho.model.settings import PostLoadSettings

_OLDEST = 15
_STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked, and what to do about it. No run works while one `fails`."""

    text: str
    fix: str = ""
    fails: bool = False

    @classmethod
    def of(cls, problem: Problem, **values: object) -> Self:
        """A finding of the list of errors."""
        text = " ".join(filter(None, (problem.what, problem.why))).format(**values)
        return cls(text, problem.fix.format(**values), problem.exit_code is not ExitCode.DONE)

    def __str__(self) -> str:
        """The finding on a line, and its fix on another."""
        mark = "FAIL" if self.fails else "warn" if self.fix else "ok"
        return f"{mark:<5}{self.text}" + (f"\n     Fix: {self.fix}" if self.fix else "")


def check(at: Path, url: str, settings: PostLoadSettings) -> Iterator[Finding]:
    """Check everything that a sync needs, the cheapest first. Changes nothing of the user's."""
    yield from check_database(url, settings)
    yield check_salesforce(at, url)


def check_database(url: str, settings: PostLoadSettings) -> Iterator[Finding]:
    """Check server, tables, keys, what waits and how fresh it is."""
    try:
        with connect(url) as conn:
            yield _server(conn)
            schema = schema_state(conn)
            current = is_current(schema)
            if not current:
                problem = doctor.SCHEMA_OUTDATED if schema.number else doctor.SCHEMA_MISSING
                yield Finding.of(problem, version=schema.number)
            for entity in PARENTS:
                yield _parent(conn, settings, entity)
            yield _relations(conn, settings)
            if current:
                yield from _waiting(conn)
                yield from _removed(conn)
                yield _last_run(conn)
    except TaskwhoError as error:
        yield Finding.of(doctor.DATABASE_UNUSABLE, message=error.message)


def _server(conn: psycopg.Connection[Any]) -> Finding:
    major, database = conn.info.server_version // 10_000, conn.info.dbname
    if major < _OLDEST:
        return Finding.of(doctor.POSTGRESQL_TOO_OLD, database=database, major=major, oldest=_OLDEST)
    return Finding(f"PostgreSQL {major}, database {database}.")


def _parent(conn: psycopg.Connection[Any], settings: PostLoadSettings, entity: Entity) -> Finding:
    place = settings.table_of(entity)
    identifier = sql.Identifier(settings.schema, place.table)
    table, key, setting = identifier.as_string(conn), place.key, f"TASKWHO_{entity.name.upper()}"
    if describe(conn, settings.schema, place.table) is None:
        return Finding.of(doctor.PARENT_MISSING, table=table, setting=setting)
    if not _value(conn, "unique_key", {"table": table, "column": key}):
        return Finding.of(doctor.PARENT_KEY_NOT_UNIQUE, table=table, key=key, setting=setting)
    if not _value(conn, "is_filled", table=identifier):
        return Finding.of(doctor.PARENT_EMPTY, table=table)
    return Finding(f"The table {table} exists, with a unique {key}.")


def _relations(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> Finding:
    schema, name = settings.schema, settings.relations_table
    table = sql.Identifier(schema, name).as_string(conn)
    if describe(conn, schema, name) is None:
        return Finding(f"The table {table} does not exist yet. The first sync creates it.")
    keys = _value(conn, "foreign_keys", {"table": table})
    return Finding(f"The table {table} exists, with {keys} foreign keys.")


def _waiting(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    waiting = dict(SCRIPTS.run(conn, "waiting_reasons").fetchall())
    missed = {entity.stream for entity in PARENTS if entity.missing in waiting}
    explained = list(missing_parents.findings(last_explanation(conn), missed))
    yield from (Finding(text, fix) for text, fix in explained)
    for reason, count in waiting.items():
        if explained and reason in FOREIGN_KEYS:
            continue
        text = f"{number(count)} relations wait in quarantine: {label_for(reason)}."
        yield Finding(text, step_for(reason))
    if not waiting:
        yield Finding("No relation waits in quarantine.")


def _removed(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    """The list of removed relations, where a run has read it."""
    row = SCRIPTS.run(conn, "removed_relations").fetchone()
    read_until, not_marked = row or (None, 0)
    if read_until is None:
        return
    if not_marked:
        yield Finding.of(doctor.REMOVED_NOT_MARKED, count=number(not_marked))
    if datetime.now(UTC) - read_until > RECYCLE_BIN:
        yield Finding.of(doctor.REMOVED_UNREAD, read_until=instant(read_until))
    else:
        yield Finding(f"Removed relations are known up to {instant(read_until)}.")


def _last_run(conn: psycopg.Connection[Any]) -> Finding:
    row = SCRIPTS.run(conn, "last_run").fetchone()
    if row is None:
        return Finding.of(doctor.NO_RUN)
    run, finished_at, status, error = row
    values = {"run": run, "finished_at": instant(finished_at), "status": status, "error": error}
    if error:
        return Finding.of(doctor.LAST_RUN_FAILED, **values)
    if datetime.now(UTC) - finished_at > _STALE:
        return Finding.of(doctor.LAST_RUN_OLD, **values)
    return Finding("The last run, {run}, ended at {finished_at}: {status}.".format(**values))


def check_salesforce(at: Path, url: str) -> Finding:
    """Credentials and access, tried by the tap itself: it reads one record of each stream."""
    request = SyncRequest(
        database_url=url,
        salesforce=salesforce_settings({}, os.environ),
        home=project.own_path(at),
        variables=dict(os.environ),
    )
    if error := try_tap(request):
        return Finding.of(doctor.SALESFORCE_UNREADABLE, error=error)
    return Finding("The tap can log in to Salesforce and read the selected streams.")


def _value(
    conn: psycopg.Connection[Any],
    script: str,
    values: dict[str, str] | None = None,
    **parts: sql.Composable,
) -> Any:  # noqa: ANN401 - a column's value
    row = SCRIPTS.run(conn, script, values, **parts).fetchone()
    return row[0] if row else None
