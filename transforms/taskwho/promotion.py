"""The promotion of the relations: candidates, reasons, work, quarantine, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho import database
from taskwho.result import Accounting, Counts, Missing

if TYPE_CHECKING:
    import psycopg

    from taskwho.result import RunResult
    from taskwho.tables import Tables

CHUNK = 1000
MISSING_INLINE = 1000
WRITTEN = ("inserted", "updated", "deleted", "unchanged")
FAILED = ("failed", "suppressed")
# what a large load does to the planner's idea of a table
ANALYZE_FROM = 10_000


def promote(connection: psycopg.Connection[Any], tables: Tables, result: RunResult) -> None:
    """Bring every landed and waiting relation where it belongs; `work` says what became of it."""
    tables.require_parents()
    is_new = not tables.exists(tables.relations)
    parts = tables.identifiers()
    if is_new:
        tables.create_relations()
        # parents may not go while their keys are not there yet
        locked = sql.SQL(", ").join(parts[kind] for kind in ("tasks", "contacts", "users"))
        connection.execute(sql.SQL("lock table {} in share row exclusive mode").format(locked))
    for name in ("20_candidates", "30_judged", "40_work"):
        database.script(connection, name, parts)
        connection.execute(
            sql.SQL("analyze {}").format(
                sql.Identifier(name[3:].replace("candidates", "candidate"))
            )
        )
    database.script(connection, "45_write_relations", parts | tables.written())
    connection.execute("call pg_temp.write_work(%s)", [CHUNK])
    if is_new:
        tables.add_keys()
    database.script(connection, "60_quarantine", {})
    count(connection, result)
    if result.counts.inserted >= ANALYZE_FROM:
        connection.execute(sql.SQL("analyze {}").format(parts["relations"]))


def count(connection: psycopg.Connection[Any], result: RunResult) -> None:
    """Every Id in exactly one outcome."""
    counts = result.counts = Counts()
    right = 0
    for outcome, has_landed, was_waiting, rows in connection.execute(
        database.statement("70_outcomes")
    ).fetchall():
        right += rows
        if has_landed:
            counts.retrieved += rows
        else:
            counts.retried += rows
        if outcome in WRITTEN:
            counts.successful += rows if has_landed else 0
            counts.healed += rows if was_waiting else 0
        if outcome in FAILED:
            if has_landed:
                counts.failed += rows
            else:
                counts.failed_again += rows
        if outcome != "failed":
            setattr(counts, outcome, getattr(counts, outcome) + rows)
    counts.quarantined_now = counts.failed + counts.failed_again
    left = counts.retrieved + counts.retried
    result.accounting = Accounting(left=left, right=right, closes=left == right)
    _count_reasons(connection, result)


def _count_reasons(connection: psycopg.Connection[Any], result: RunResult) -> None:
    for reason, landed, standing in connection.execute(database.statement("72_reasons")).fetchall():
        if landed:
            result.errors[reason] = landed
        result.standing_errors[reason] = standing
    for kind, missing_id, total in connection.execute(database.statement("73_missing")).fetchall():
        missing = result.missing.setdefault(kind, Missing(total=total))
        if len(missing.ids) < MISSING_INLINE:
            missing.ids.append(missing_id)
