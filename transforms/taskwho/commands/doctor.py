"""`taskwho doctor`: database, tables, keys, freshness, then Salesforce; a fix for each finding."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import landing
from taskwho.database.catalog import describe
from taskwho.database.connection import connect
from taskwho.model import project
from taskwho.model.errors import TaskwhoError
from taskwho.model.salesforce_settings import salesforce_settings
from taskwho.model.sync_request import SyncRequest
from taskwho.pipeline.try_tap import try_tap
from taskwho.promotion.coverage import RECYCLE_BIN
from taskwho.report.next_steps import label_for, step_for
from taskwho.report.wording import instant, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

    from taskwho.model.settings import PostLoadSettings

_OLDEST = 15
_STALE = timedelta(days=1)
_UNIQUE = """
    select exists (
        select from pg_index
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indrelid = %s::regclass and indisunique and indnkeyatts = 1
            and indpred is null and attname = %s
    )
"""
_FOREIGN_KEYS = "select count(*) from pg_constraint where conrelid = %s::regclass and contype = 'f'"
_WAITING = """
    select reason, count(*) from taskwho.failed_relations cross join unnest(reasons) as reason
    where not is_set_aside group by reason order by reason
"""
_DELETES = """
    select max(window_to), (select count(*) from taskwho.deleted_relations where not is_applied)
    from taskwho.batches where stream = 'task_relation_deletes' and outcome = 'complete'
"""
_LAST = """
    select run_id, finished_at, status, report ->> 'error' from taskwho.runs
    where finished_at is not null order by run_id desc limit 1
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fix` is what to do; `broken` where no sync can work without it."""

    text: str
    fix: str | None = None
    broken: bool = False

    def __str__(self) -> str:
        """The finding on a line, its fix on another."""
        mark = "FAIL" if self.broken else "warn" if self.fix else "ok"
        return f"{mark:<5}{self.text}" + (f"\n     Fix: {self.fix}" if self.fix else "")


def examine(at: Path, url: str, settings: PostLoadSettings) -> Iterator[Finding]:
    """Look at everything that a sync needs, cheapest first; nothing of the user's is changed."""
    try:
        with connect(url) as connection:
            yield from _database(connection)
            yield from _tables(connection, settings)
            if len(landing.existing(connection, landing.OWN_TABLES)) == len(landing.OWN_TABLES):
                yield from _standing(connection)
                yield from _deletes(connection)
                yield from _freshness(connection)
    except TaskwhoError as error:
        yield Finding("The database cannot be used.", error.message, broken=True)
    yield _salesforce(at, url)


def _database(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    major = connection.info.server_version // 10_000
    where = f"PostgreSQL {major}, database {connection.info.dbname}"
    if major < _OLDEST:
        yield Finding(where, f"Use PostgreSQL {_OLDEST} or later.", broken=True)
    else:
        yield Finding(where)
    found = landing.existing(connection, landing.OWN_TABLES)
    if not found:
        yield Finding("The schema taskwho is not there yet.", "Run `taskwho prepare`.")
    elif len(found) < len(landing.OWN_TABLES):
        text = "The schema taskwho is of an earlier version: tables are missing."
        yield Finding(text, "Run `taskwho prepare`, which makes them.")


def _tables(connection: psycopg.Connection[Any], settings: PostLoadSettings) -> Iterator[Finding]:
    for parent in (settings.users, settings.contacts, settings.activities):
        name = sql.Identifier(settings.schema, parent.table).as_string(connection)
        setting = "TASKWHO_USERS_TABLE, TASKWHO_CONTACTS_TABLE or TASKWHO_ACTIVITIES_TABLE"
        if describe(connection, settings.schema, parent.table) is None:
            fix = f"Run `taskwho sync --all`, which makes and fills it, or name yours in {setting}."
            yield Finding(f"{name} is not there.", fix, broken=True)
        elif not _first(connection, _UNIQUE, [name, parent.key]):
            fix = f"Give it a unique constraint on {parent.key}: foreign keys need one."
            yield Finding(f"{name} has no unique {parent.key}.", fix, broken=True)
        elif not _first(
            connection,
            sql.SQL("select exists (select from {})").format(
                sql.Identifier(settings.schema, parent.table)
            ),
        ):
            yield Finding(
                f"{name} is empty.", "Run the job that fills it, or `taskwho sync --all`."
            )
        else:
            yield Finding(f"{name} is there, with a unique {parent.key}.")
    name = sql.Identifier(settings.schema, settings.relations_table).as_string(connection)
    if describe(connection, settings.schema, settings.relations_table):
        keys = _first(connection, _FOREIGN_KEYS, [name])
        yield Finding(f"{name} is there, with {keys} foreign keys.")
    else:
        yield Finding(f"{name} is not there yet; the first sync makes it.")


def _standing(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    waiting = connection.execute(_WAITING).fetchall()
    for reason, count in waiting:
        text = f"{number(count)} relations wait in quarantine: {label_for(reason)}."
        yield Finding(text, step_for(reason))
    if not waiting:
        yield Finding("No relation waits in quarantine.")


def _deletes(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    """The list of removed relations, where it has ever been read."""
    read_until, still_live = connection.execute(_DELETES).fetchone() or (None, 0)
    if read_until is None:
        return
    text = f"Removed relations are known up to {instant(read_until)}."
    if still_live:
        yield Finding(
            f"{number(still_live)} relations that were removed in Salesforce are not marked yet.",
            "Run `taskwho post-load`. If they stay, a constraint or a trigger of the relations' "
            "table refuses the change.",
        )
    if datetime.now(UTC) - read_until > RECYCLE_BIN:
        fix = (
            "Salesforce lists them for 15 to 30 days only: select task_relation_deletes again, and "
            "run `taskwho sync --mode full --sweep` once."
        )
        yield Finding(text, fix)
    else:
        yield Finding(text)


def _freshness(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    last = connection.execute(_LAST).fetchone()
    if last is None:
        yield Finding("There was no run yet.", "Run `taskwho sync`.")
        return
    run_id, finished_at, status, error = last
    text = f"The last run, {run_id}, ended at {instant(finished_at)}: {status}."
    if error:
        yield Finding(text, error)
    elif datetime.now(UTC) - finished_at > _STALE:
        yield Finding(text, "It is more than a day old: run `taskwho sync`, or mend its schedule.")
    else:
        yield Finding(text)


def _salesforce(at: Path, url: str) -> Finding:
    """Credentials and access, tried by the tap itself: it reads a record of what is selected."""
    request = SyncRequest(
        database_url=url,
        salesforce=salesforce_settings({}, os.environ),
        home=project.own_folder(at),
        variables=dict(os.environ),
    )
    if error := try_tap(request):
        return Finding("Salesforce cannot be read.", error, broken=True)
    return Finding("Salesforce lets the tap in, and shows it relations.")


def _first(connection: psycopg.Connection[Any], query: Any, values: list[str] | None = None) -> Any:  # noqa: ANN401 - a column's value
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
