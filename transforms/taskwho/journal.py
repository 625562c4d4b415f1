"""What the tap's journal tells of the runs taken in: windows, batches, calls, gaps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, LiteralString

from psycopg import sql
from psycopg.rows import dict_row

from taskwho.landing import JOURNAL_COLUMNS
from taskwho.result import ApiUsage, Window

if TYPE_CHECKING:
    import psycopg

    from taskwho.result import RunResult

TAKEN_IN = "select {} from landed_sync_batches order by landed_order"
KEEP = """
    insert into taskwho.batches (promoted_by, {0})
    select %s, {0} from landed_sync_batches order by landed_order
"""
COVERED = """
    select window_to from taskwho.batches
    where stream = %s and mode in ('incremental', 'full')
        and outcome = 'complete' and promoted_by < %s
    order by taken_in_at desc, window_to desc limit 1
"""
# rows leave the recycle bin after 15 days, and queryAll with it (REST API guide, QueryAll)
RECYCLE_BIN = timedelta(days=15)
ADVANCING = {"incremental", "full"}


def read(connection: psycopg.Connection[Any], result: RunResult) -> None:
    """Take the landed journal into the result and into taskwho.batches."""
    with connection.cursor(row_factory=dict_row) as cursor:
        result.batches = cursor.execute(_journal(TAKEN_IN)).fetchall()
    connection.execute(_journal(KEEP), [result.run_id])
    result.run_ids = list(dict.fromkeys(b["run_id"] for b in result.batches if b["run_id"]))
    result.windows = _windows(result.batches)
    result.api = _usage(result.batches)
    modes = [b["mode"] for b in result.batches if b["mode"]]
    result.mode = result.mode or (modes[-1] if modes else None)
    for window in result.windows:
        _check_coverage(connection, result, window)


def _journal(statement: LiteralString) -> sql.Composed:
    """The statement with the journal's columns."""
    return sql.SQL(statement).format(sql.SQL(", ").join(map(sql.Identifier, JOURNAL_COLUMNS)))


def _windows(batches: list[dict[str, Any]]) -> list[Window]:
    found: dict[tuple[Any, ...], Window] = {}
    for batch in batches:
        key = tuple(batch[c] for c in ("run_id", "stream", "window_from", "window_to"))
        window = found.setdefault(
            key,
            Window(
                run_id=str(batch["run_id"]),
                stream=str(batch["stream"]),
                mode=batch["mode"],
                from_=batch["window_from"],
                to=batch["window_to"],
                complete=False,
                outcome=None,
            ),
        )
        window.outcome = batch["outcome"] or window.outcome
        window.complete = window.outcome == "complete"
    return list(found.values())


def _usage(batches: list[dict[str, Any]]) -> ApiUsage:
    usage = ApiUsage()
    for batch in batches:
        usage.calls += _number(batch["attempts"]) or 0
        usage.used = _number(batch["api_used"]) or usage.used
        usage.max = _number(batch["api_max"]) or usage.max
    return usage


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _check_coverage(connection: psycopg.Connection[Any], result: RunResult, window: Window) -> None:
    """Warn of time that no window covers, and of windows that outlast the recycle bin."""
    start, end = _moment(window.from_), _moment(window.to)
    if window.mode not in ADVANCING or start is None:
        return
    found = connection.execute(COVERED, [window.stream, result.run_id]).fetchone()
    covered = _moment(found[0]) if found else None
    cure = "Run once with mode full to be sure (`taskwho sync --mode full`)."
    if covered and start > covered:
        result.warnings.append(
            f"Between {found[0] if found else ''} and {window.from_} no run has read "
            f"{window.stream}. {cure}"
        )
    if end and end - start > RECYCLE_BIN:
        result.warnings.append(
            f"The window of {window.stream} is longer than the 15 days of the recycle bin: rows "
            "deleted before may be "
            f"gone from queryAll. {cure}"
        )
