"""The tap's journal: kept, and read for what the runs covered and cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import dict_row

from taskwho.database import catalog, landing, scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import JOURNAL, JOURNAL_FIELDS
from taskwho.model.results.result import ApiUsage, Window
from taskwho.promotion.intake.landed_rows import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

_SQL = Scripts(__package__)

Entry = dict[str, Any]


def keep(conn: psycopg.Connection[Any], run_id: int) -> list[Entry]:
    """Put the entries that landed into `taskwho.batches`; the same, in the order of landing."""
    table = catalog.require(conn, landing.SCHEMA, JOURNAL)
    _SQL.run(
        conn,
        "journal",
        run=sql.Literal(run_id),
        landing=table.identifier,
        columns=texts(table, JOURNAL_FIELDS),
    )
    query = sql.SQL(
        "select {} from taskwho.batches where promoted_by = {} order by batch_id"
    ).format(scripts.names(list(JOURNAL_FIELDS)), sql.Literal(run_id))
    return conn.cursor(row_factory=dict_row).execute(query).fetchall()


def windows(entries: Iterable[Entry]) -> list[Window]:
    """The windows of the entries, each with how far it got."""
    found: dict[tuple[Any, ...], Window] = {}
    for entry in entries:
        at = tuple(entry[name] for name in ("run_id", "stream", "window_from", "window_to"))
        window = found.setdefault(
            at,
            Window(
                run_id=entry["run_id"] or "",
                stream=entry["stream"] or "",
                mode=entry["mode"],
                from_=instant(entry["window_from"]),
                to=instant(entry["window_to"]),
                complete=False,
                outcome=None,
                bookmark=instant(entry["bookmark"]),
            ),
        )
        window.outcome = entry["outcome"] or window.outcome
        window.complete = window.outcome == "complete"
        window.records += entry["records"] or 0
        if entry["counted"] is not None:
            window.counted = entry["counted"]
    return list(found.values())


def usage(entries: Iterable[Entry]) -> ApiUsage:
    """API calls made, and the org's use as the last entry with it reports it."""
    seen = ApiUsage()
    for entry in entries:
        seen.calls += entry["attempts"] or 0
        if entry["api_used"] is not None:
            seen.used = entry["api_used"]
        seen.max = entry["api_max"] or seen.max
    return seen


def plain(entry: Entry) -> Entry:
    """An entry as JSON carries it."""
    return {
        name: instant(value) if isinstance(value, datetime) else value
        for name, value in entry.items()
    }


def instant(moment: datetime | None) -> str | None:
    """A point in time in UTC, as the tap writes it."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
