"""What `taskwho doctor` checks: `.env`, database, tables, freshness, then Salesforce."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.commands.checks.finding import Finding
from taskwho.commands.checks.tables import TableChecks
from taskwho.commands.sql_folder import SCRIPTS
from taskwho.database import bookmarks, embedded, grants
from taskwho.database.connection import check_usable, connect, lift_time_outs
from taskwho.database.migrate import SchemaState, is_current, schema_state
from taskwho.model.entities import PARENTS, RELATIONS
from taskwho.model.errors import TaskwhoError, database, doctor, pipeline
from taskwho.model.reasons import FOREIGN_KEYS, HIDDEN_FIELD
from taskwho.org.explain.explain import last_explanation
from taskwho.promotion.accounting.coverage import RECYCLE_BIN
from taskwho.report import missing_parents
from taskwho.report.next_steps import label_for, step_for
from taskwho.report.number_formats import instant, number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

    Check = Callable[[], Iterable[Finding]]

_OLDEST = 15
_STALE = timedelta(days=1)
_FOR_OTHERS = 0o077


def check_files(at: Path) -> Iterator[Finding]:
    """Whether other people can read the secrets of the project."""
    file = at / ".env"
    if file.is_file() and file.stat().st_mode & _FOR_OTHERS:
        yield Finding.of(doctor.DOTENV_OPEN, file=file)


def check_database(
    url: str,
    settings: PostLoadSettings,
    streams: Collection[str] = (RELATIONS.stream,),
    at: Path | None = None,
) -> Iterator[Finding]:
    """Check server, rights and tables for a run of these streams, and how fresh they are.

    Each check reads in a transaction that can do nothing else. `at` is the project, whose embedded
    PostgreSQL is not started.
    """
    if at is not None and embedded.is_embedded(url, at) and not embedded.answers(at):
        yield Finding.of(doctor.EMBEDDED_DOWN)
        return
    try:
        with connect(url) as conn:
            for one in _checks(conn, settings, frozenset(streams)):
                yield from _found(conn, settings, one)
    except TaskwhoError as error:
        yield Finding.of(doctor.DATABASE_UNUSABLE, message=error.message)


def _checks(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, streams: frozenset[str]
) -> Iterator[Check]:
    yield partial(_server, conn)
    is_there: list[bool] = []
    yield partial(_own_schema, conn, is_there)
    tables = TableChecks(conn, settings, streams, knows_waiting=bool(is_there))
    for entity in PARENTS:
        if entity.stream in streams or RELATIONS.stream in streams:
            yield partial(tables.of, entity)
    if RELATIONS.stream in streams:
        yield partial(tables.of, RELATIONS)
    if is_there:
        yield from (partial(one, conn) for one in (_waiting, _removed, _bookmarks, _last_run))


def _found(conn: psycopg.Connection[Any], settings: PostLoadSettings, one: Check) -> list[Finding]:
    """What a check finds, or what it stumbles over, as a run would."""
    found: list[Finding] = []
    try:
        with _reading(conn):
            found += one()
    except TaskwhoError as error:
        found.append(Finding.of_error(error))
    except psycopg.errors.InsufficientPrivilege as error:
        hidden = error.diag.source_function == "check_enable_rls"
        statements = grants.past_policies(conn) if hidden else grants.for_promotion(conn, settings)
        said = error.diag.message_primary
        found.append(Finding.of(pipeline.RIGHT_MISSING, said=said, statements=statements))
    except psycopg.Error as error:
        said = error.diag.message_primary or "the connection was lost"
        found.append(Finding.of(doctor.DATABASE_UNUSABLE, message=f"PostgreSQL says: {said}."))
    return found


@contextmanager
def _reading(conn: psycopg.Connection[Any]) -> Iterator[None]:
    with conn.transaction():
        conn.execute("set transaction read only")
        # as the promotion reads
        conn.execute("set local row_security = off")
        lift_time_outs(conn)
        yield


def _server(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    major, database_name = conn.info.server_version // 10_000, conn.info.dbname
    if major < _OLDEST:
        values = {"database": database_name, "major": major, "oldest": _OLDEST}
        yield Finding.of(doctor.POSTGRESQL_TOO_OLD, **values)
    else:
        yield Finding(f"PostgreSQL {major}, database {database_name}.")
    try:
        check_usable(conn)
    except TaskwhoError as error:
        yield Finding.of_error(error)


def _own_schema(conn: psycopg.Connection[Any], is_there: list[bool]) -> Iterator[Finding]:
    """Whether `prepare` can make it or migrate it, and post-load write to it."""
    [(exists, has_versions, may_create, may_write)] = SCRIPTS.run(conn, "own_rights")
    schema = schema_state(conn) if has_versions else SchemaState(0, None, [])
    statements = "" if exists or may_create else grants.for_landing(conn)
    if is_current(schema) and not schema.missing:
        is_there.append(True)
        statements = "" if may_write else grants.for_landing(conn)
    else:
        problem = doctor.SCHEMA_OUTDATED if schema.number else doctor.SCHEMA_MISSING
        yield Finding.of(problem, version=schema.number)
        statements = "\n".join(filter(None, [statements, grants.for_ownership(conn)]))
    if statements:
        said = "prepare and post-load write to its tables"
        yield Finding.of(database.SCHEMA_RIGHT_MISSING, said=said, statements=statements)


def _waiting(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    waiting = dict(SCRIPTS.run(conn, "waiting_reasons").fetchall())
    missed = {entity.stream for entity in PARENTS if entity.missing in waiting}
    explained = list(missing_parents.findings(last_explanation(conn), missed))
    yield from (Finding(text, fix) for text, fix in explained)
    for reason, count in waiting.items():
        if explained and reason in FOREIGN_KEYS:
            continue
        text = f"{number(count)} relations wait in quarantine: {label_for(reason)}."
        # a run ends with 2 as long as one waits for a field that it may not read
        yield Finding(text, step_for(reason), fails=reason == HIDDEN_FIELD)
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


def _bookmarks(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    for state_id in bookmarks.state_ids(conn):
        found = bookmarks.read(conn, state_id, begins_run=False)
        streams = found.singer_state.get("bookmarks") if found else None
        for stream, state in (streams if isinstance(streams, dict) else {}).items():
            value = state.get("replication_key_value") if isinstance(state, dict) else None
            yield Finding(f"The bookmark of {stream} in {state_id} is {value or 'not set yet'}.")


def _last_run(conn: psycopg.Connection[Any]) -> Iterator[Finding]:
    row = SCRIPTS.run(conn, "last_run").fetchone()
    if row is None:
        yield Finding.of(doctor.NO_RUN)
        return
    run, finished_at, status, error = row
    values = {"run": run, "finished_at": instant(finished_at), "status": status, "error": error}
    if error:
        yield Finding.of(doctor.LAST_RUN_FAILED, **values)
    elif datetime.now(UTC) - finished_at > _STALE:
        yield Finding.of(doctor.LAST_RUN_OLD, **values)
    else:
        text = "The last run, {run}, ended at {finished_at}: {status}."
        yield Finding(text.format(**values))
