"""The report's lists of records: the first of each inline, all of them in files where too many."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import time
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho import scripts
from taskwho.relations import STAGE
from taskwho.result import Record

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.context import Context
    from taskwho.relations import Promoted
    from taskwho.result import Counts, RecordFiles, RunResult

_BUFFER = 1 << 20
_LEFT_OVER_SECONDS = 86_400
_LANDED = """exists (
        select from {judged} as judged
        where judged.key = failed.salesforce_id and not judged.is_retried
            and judged.outcome in ('failed', 'suppressed')
    )"""


def collect(context: Context, promoted: Promoted, result: RunResult) -> None:
    """Fill the result's lists; longer ones are written to files that are hidden until `publish`."""
    limit = context.settings.max_records
    judged = promoted.found.any
    landed = sql.SQL(_LANDED).format(**STAGE.parts) if judged else sql.SQL("false")
    standing = sql.SQL("not {}").format(landed)
    if judged:
        result.successful_records = _first(context, _successes(_limit(limit)))
        if _well(result.counts) > limit:
            result.record_files.successful = f"{result.report_name}_successful.jsonl.gz"
            _write(context, result.record_files.successful, _successes(_limit(None)))
    if result.counts.failed:
        result.failed_records = _first(context, _failures(landed, _limit(limit)))
        if result.counts.failed > limit:
            result.record_files.failed = f"{result.report_name}_failed.jsonl.gz"
            _write(context, result.record_files.failed, _failures(landed, _limit(None)))
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


def _well(counts: Counts) -> int:
    return counts.inserted + counts.updated + counts.deleted + counts.unchanged


def _successes(limit: sql.Composable) -> sql.Composed:
    return scripts.compose("80_successes", **STAGE.parts, limit=limit)


def _failures(of_kind: sql.Composable, limit: sql.Composable) -> sql.Composed:
    return scripts.compose("81_failures", of_kind=of_kind, limit=limit)


def _limit(rows: int | None) -> sql.Composed:
    return sql.SQL("limit {}").format(sql.Literal(rows))


def _first(context: Context, query: sql.Composed) -> list[Record]:
    rows = context.conn.execute(query).fetchall()
    return [Record.from_dict(json.loads(record)) for (record,) in rows]


def _write(context: Context, name: str, query: sql.Composed) -> None:
    """Write all records, one a line."""
    context.settings.reports_dir.mkdir(parents=True, exist_ok=True)
    # CSV with quote and delimiter that JSON cannot hold is the line itself, unescaped
    statement = sql.SQL(
        "copy ({}) to stdout with (format csv, delimiter e'\\x01', quote e'\\x02')"
    ).format(query)
    with (
        gzip.open(context.settings.reports_dir / _hidden(name), "wb", compresslevel=1) as packed,
        io.BufferedWriter(packed, _BUFFER) as file,
        context.conn.cursor().copy(statement) as copy,
    ):
        for line in copy:
            file.write(line)


def _hidden(name: str) -> str:
    return f".{name}.part"
