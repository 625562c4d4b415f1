"""`taskwho why ID`: where a record is, why it is not in its table, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import dict_row

from taskwho.database import landing
from taskwho.model.entities import DELETES
from taskwho.report.next_steps import step_for
from taskwho.report.wording import instant, number, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from taskwho.model.settings import PostLoadSettings

# the first three characters of an Id tell its object
_STREAMS = {"005": "users", "003": "contacts", "00T": "tasks", "00Q": "leads"}
_FAILED = "select * from taskwho.failed_relations where salesforce_id = %s"
_FAILED_PARENT = "select * from taskwho.failed_parents where salesforce_id = %s"
_REMOVED = "select deleted_at from taskwho.deleted_relations where salesforce_id = %s"
_WAITING_FOR = """
    select count(*) as relations from taskwho.failed_relations
    where %s = any(missing_ids) and not is_set_aside
"""
_PAGE = """
    select run_id, batch, fetched_at from taskwho.batches
    where stream = %s and first_id <= %s collate "C" and last_id >= %s collate "C"
    order by fetched_at desc limit 1
"""


def story(
    connection: psycopg.Connection[Any], settings: PostLoadSettings, record_id: str
) -> list[str]:
    """What is known of a record, one line each; empty where nothing is."""
    stream = _STREAMS.get(record_id[:3], "task_who_relations")
    with connection.cursor(row_factory=dict_row) as cursor:
        lines = list(_in_table(cursor, settings, stream, record_id))
        lines += _in_quarantine(cursor, record_id)
        lines += _in_landing(cursor, connection, stream, record_id)
        if stream == "task_who_relations":
            lines += _in_deletes(cursor, connection, record_id)
        lines += _waited_for(cursor, record_id)
        if not lines:
            lines = list(_not_found(cursor, stream, record_id))
    return lines


def _in_table(
    cursor: psycopg.Cursor[dict[str, Any]], settings: PostLoadSettings, stream: str, record_id: str
) -> Iterator[str]:
    parents = {
        "users": settings.users,
        "contacts": settings.contacts,
        "tasks": settings.activities,
    }
    if stream == "leads":
        yield "A lead. There is no table for leads: relations to it are set aside, not kept."
        return
    table, key = settings.relations_table, "salesforce_id"
    if parent := parents.get(stream):
        table, key = parent.table, parent.key
    if not _exists(cursor, settings.schema, table):
        return
    query = sql.SQL("select * from {} where {} = %s").format(
        sql.Identifier(settings.schema, table), sql.Identifier(key)
    )
    row = cursor.execute(query, [record_id]).fetchone()
    if row is None:
        return
    deleted = ", deleted in Salesforce" if row.get("is_deleted") else ""
    stamp = f" as Salesforce had it at {row['sf_system_modstamp']} UTC"
    yield f"In {settings.schema}.{table}{deleted}{stamp if row.get('sf_system_modstamp') else ''}."
    if stream == "task_who_relations":
        yield f"Task {row['task_id']}, person {row['relation_id']}."


def _in_quarantine(cursor: psycopg.Cursor[dict[str, Any]], record_id: str) -> Iterator[str]:
    for query in (_FAILED, _FAILED_PARENT):
        row = cursor.execute(query, [record_id]).fetchone()
        if row is None:
            continue
        yield (
            f"In quarantine since {instant(row['first_failed_at'])}, the outcome last changed at "
            f"{instant(row['last_failed_at'])}: {', '.join(row['reasons'])}."
        )
        yield f"{prose(row['error'])}."
        yield from (f"Next: {step_for(reason)}" for reason in row["reasons"])


def _in_landing(
    cursor: psycopg.Cursor[dict[str, Any]],
    connection: psycopg.Connection[Any],
    stream: str,
    record_id: str,
) -> Iterator[str]:
    if not landing.existing(connection, [stream]):
        return
    query = sql.SQL('select count(*) as versions from {} where "Id" = %s').format(
        sql.Identifier(landing.SCHEMA, stream)
    )
    row = cursor.execute(query, [record_id]).fetchone()
    if row and row["versions"]:
        what = "Its removal landed" if stream == DELETES else "Landed"
        yield f"{what} and not promoted yet ({number(row['versions'])}): run `taskwho post-load`."


def _in_deletes(
    cursor: psycopg.Cursor[dict[str, Any]], connection: psycopg.Connection[Any], record_id: str
) -> Iterator[str]:
    if not landing.existing(connection, ["deleted_relations"]):
        return
    row = cursor.execute(_REMOVED, [record_id]).fetchone()
    if row:
        yield f"Salesforce lists it as removed at {instant(row['deleted_at'])}."
    yield from _in_landing(cursor, connection, DELETES, record_id)


def _waited_for(cursor: psycopg.Cursor[dict[str, Any]], record_id: str) -> Iterator[str]:
    row = cursor.execute(_WAITING_FOR, [record_id]).fetchone()
    if row and row["relations"]:
        yield f"{number(row['relations'])} relations wait in quarantine for it."


def _not_found(
    cursor: psycopg.Cursor[dict[str, Any]], stream: str, record_id: str
) -> Iterator[str]:
    page = cursor.execute(_PAGE, [stream, record_id, record_id]).fetchone()
    if page is None:
        return
    yield (
        f"No table holds it. The last page that covered its Id was batch {page['batch']} of run "
        f"{page['run_id']} at {instant(page['fetched_at'])}."
    )
    yield (
        "Either it was outside that run's window, or it is a relation to a lead (set aside), or it "
        "is deleted for good, or the integration user may not see it. `taskwho sync --mode full` "
        "reads everything that user may see."
    )


def _exists(cursor: psycopg.Cursor[dict[str, Any]], schema: str, table: str) -> bool:
    row = cursor.execute(
        "select to_regclass(format('%%I.%%I', %s::text, %s::text)) is not null as there",
        [schema, table],
    ).fetchone()
    return bool(row and row["there"])
