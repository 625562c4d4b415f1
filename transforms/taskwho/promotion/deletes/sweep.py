"""Deletes that no query shows: what a complete full run did not see is not there any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS

if TYPE_CHECKING:
    from datetime import datetime

    from taskwho.promotion.context import Context
    from taskwho.promotion.intake.journal import Entry
    from taskwho.promotion.promote_stream import Promoted
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)


def sweep(
    context: Context, relations: Promoted | None, entries: list[Entry]
) -> tuple[int, str | None]:
    """How many rows it marked as deleted, and why so many; a doubt is a reason to mark none."""
    run = [e for e in entries if e["stream"] == RELATIONS.stream and e["mode"] == "full"]
    last = run[-1]["run_id"] if run else None
    pages = [entry for entry in run if entry["run_id"] == last]
    doubt = _doubt(pages)
    if relations and not doubt:
        doubt = _doubt_of_landing(context, relations.names, last)
    if doubt:
        return 0, f"No sweep: {doubt}"
    return _sweep(context, relations.names, pages[-1]["window_to"]) if relations else (0, None)


def _doubt(pages: list[Entry]) -> str | None:
    """What the journal says against a sweep."""
    if not pages:
        return "no full run of the relations is among what landed."
    first, last = pages[0], pages[-1]
    read = sum(page["records"] or 0 for page in pages)
    checks = (
        (
            any(page["resumed"] is not False for page in pages),
            "the full run went on with a window that an earlier run had begun.",
        ),
        (
            any(page["endpoint"] != "queryAll" for page in pages),
            "the full run did not read through queryAll, so that deleted rows were not seen.",
        ),
        (
            last["outcome"] != "complete",
            f"the full run did not read to the end ({last['outcome'] or 'cut short'}).",
        ),
        (
            first["window_from"] is not None or last["window_to"] is None,
            "the full run did not begin at the beginning.",
        ),
        (
            not _follow_on(pages),
            "pages are missing from the full run's journal; a part was promoted before.",
        ),
        (
            any(page["counted"] != read for page in pages),
            f"Salesforce counts {last['counted']} relations, and {read} were read.",
        ),
    )
    return next((doubt for holds, doubt in checks if holds), None)


def _follow_on(pages: list[Entry]) -> bool:
    """Whether each page begins where the one before it ended, the first at the beginning."""
    cursor: str | None = None
    for number, page in enumerate(pages, start=pages[0]["batch"] or 0):
        ends_early = page["outcome"] is not None and page is not pages[-1]
        if page["batch"] != number or page["after_id"] != cursor or ends_early:
            return False
        cursor = page["last_id"] or cursor
    return True


def _doubt_of_landing(context: Context, names: Names, tap_run: str | None) -> str | None:
    pages = context.number(
        _SQL.compose(
            "pages_as_landed",
            names,
            run=sql.Literal(context.run_id),
            tap_run=sql.Literal(tap_run),
        )
    )
    return f"{pages:,} pages did not land as they were read." if pages else None


def _sweep(context: Context, names: Names, end: datetime) -> tuple[int, str]:
    # rows written at the end of the window may become visible after it
    cutoff = end - timedelta(seconds=context.settings.lookback_seconds)
    before = sql.SQL("{}::timestamptz at time zone 'UTC'").format(sql.Literal(cutoff))
    unseen = _SQL.run_for(context.conn, "unseen", names, before=before).rowcount
    live = context.number(_SQL.compose("live", names))
    share = 100 * unseen / live if live else 0.0
    if share > context.settings.max_delete_percent:
        return 0, (
            f"No sweep: {unseen:,} of {live:,} relations ({share:.2f}%) would be marked as "
            f"deleted, more than --max-delete-percent {context.settings.max_delete_percent:g}."
        )
    try:
        with context.conn.transaction():
            swept = _SQL.run_for(
                context.conn, "sweep", names, marked_deleted=names.into.marked_deleted
            ).rowcount
            _SQL.run_for(context.conn, "sweep_quarantine", names, before=before)
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException) as error:
        title = names.into.table.title
        return 0, f"No sweep: {title} refused it (SQLSTATE {error.sqlstate})."
    return swept, f"The full run was complete; what it did not see of before {cutoff} is deleted."
