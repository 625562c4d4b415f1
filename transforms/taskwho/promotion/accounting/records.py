"""The report's lists of records: the first of each inline, all of them in files where too many."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database.scripts import Scripts
from taskwho.model.result import Record
from taskwho.promotion.relations import STAGE

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

    from taskwho.model.result import Counts, RecordFiles, RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.relations import Promoted

_SQL = Scripts(__package__)

_LEFT_OVER_SECONDS = 86_400
_LANDED = """exists (
        select from {judged} as judged
        where judged.key = failed.salesforce_id and not judged.is_retried
            and judged.outcome in ('failed', 'suppressed')
    )"""


_SUCCESSES = sql.SQL("select record from successes limit {limit}")


def collect(context: Context, promoted: Promoted, result: RunResult) -> None:
    """Fill the result's lists; longer ones are written to files that are hidden until `publish`."""
    limit = context.settings.max_records
    judged = promoted.found.any
    landed = _landed(result.counts) if judged else sql.SQL("false")
    standing = sql.SQL("not {}").format(landed)
    if judged:
        _SQL.run(context.conn, "successes", **STAGE.parts)
        result.successful_records = _first(context, _SUCCESSES.format(limit=limit))
        if _well(result.counts) > limit:
            name = f"{result.report_name}_successful.jsonl.gz"
            lines = _SQL.compose("success_lines", **STAGE.parts)
            result.record_files.successful = _write(context, name, lines)
    if result.counts.failed:
        result.failed_records = _first(context, _failures(landed, _limit(limit)))
        if result.counts.failed > limit:
            name = f"{result.report_name}_failed.jsonl.gz"
            lines = _in_chunks(_failures(landed, _limit(None)))
            result.record_files.failed = _write(context, name, lines)
    if result.counts.failed_again:
        result.standing_records = _first(context, _failures(standing, _limit(limit)))


def publish(reports_dir: Path, files: RecordFiles) -> None:
    """Give the files their names, after the commit; some may have theirs already."""
    for name in (files.successful, files.failed):
        if name:
            with contextlib.suppress(FileNotFoundError):
                (reports_dir / _hidden(name)).replace(reports_dir / name)


def discard(reports_dir: Path, report_name: str) -> None:
    """Remove the files of a promotion that changed nothing."""
    if report_name:
        for path in reports_dir.glob(_hidden(f"{report_name}_*.jsonl.gz")):
            path.unlink(missing_ok=True)


def clear(reports_dir: Path, pending: list[RunResult]) -> None:
    """Remove what promotions that were killed before their commit left, a day later."""
    files = [result.record_files for result in pending]
    kept = {_hidden(name) for file in files for name in (file.successful, file.failed) if name}
    for path in reports_dir.glob(_hidden("*.jsonl.gz")):
        if path.name not in kept and time.time() - path.stat().st_mtime > _LEFT_OVER_SECONDS:
            path.unlink(missing_ok=True)


def _landed(counts: Counts) -> sql.Composable:
    """Whether a record that waits has landed in this run; all have, where none waited before."""
    return sql.SQL(_LANDED).format(**STAGE.parts) if counts.retried else sql.SQL("true")


def _well(counts: Counts) -> int:
    return counts.inserted + counts.updated + counts.deleted + counts.unchanged


def _failures(of_kind: sql.Composable, limit: sql.Composable) -> sql.Composed:
    return _SQL.compose("failures", of_kind=of_kind, limit=limit)


def _in_chunks(records: sql.Composed) -> sql.Composed:
    return sql.SQL(
        "select string_agg(record, e'\\n') || e'\\n' from "
        "(select record, (row_number() over () - 1) / 500 as chunk from ({}) as listed) "
        "as numbered group by chunk"
    ).format(records)


def _limit(rows: int | None) -> sql.Composed:
    return sql.SQL("limit {}").format(sql.Literal(rows))


def _first(context: Context, query: sql.Composed) -> list[Record]:
    rows = context.conn.execute(query).fetchall()
    return [Record.from_dict(json.loads(record)) for (record,) in rows]


def _write(context: Context, name: str, lines: sql.Composed) -> str | None:
    """Write all records, one a line; they come as some hundreds of lines at a time.

    Gives the name, None where the file cannot be written: a full disk costs the list, not the rows.
    """
    file = context.settings.reports_dir / _hidden(name)
    try:
        with context.conn.transaction():  # a copy that breaks off ends the transaction around it
            _copy(context.conn, lines, file)
    except OSError as error:
        with contextlib.suppress(OSError):
            file.unlink()
        context.warnings.append(f"The file {name} could not be written: {error.strerror}.")
        return None
    return name


def _copy(conn: psycopg.Connection[Any], lines: sql.Composed, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # only the binary format leaves line breaks as they are
    statement = sql.SQL("copy ({}) to stdout with (format binary)").format(lines)
    with gzip.open(path, "wb", compresslevel=1) as file, conn.cursor().copy(statement) as copy:
        copy.set_types(["text"])
        for (some,) in copy.rows():
            file.write(some.encode())


def _hidden(name: str) -> str:
    return f".{name}.part"
