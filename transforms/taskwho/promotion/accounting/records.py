"""The report's lists of records: the first of each inline, all of them in files where too many."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Protocol

from psycopg import sql

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.model.results.result import Record
from taskwho.promotion.candidates.record import record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from taskwho.model.results.result import RunResult
    from taskwho.promotion.context import Context
    from taskwho.promotion.promote_stream import Promoted

_SQL = Scripts(__package__)
_ALL = sql.SQL("all")
_QUARANTINE: sql.Composable = sql.Identifier("taskwho", "quarantine")
_SECOND = sql.Literal('YYYY-MM-DD"T"HH24:MI:SS"Z"')


class RecordWriter(Protocol):
    """Takes what is too long for a report."""

    def claim(self, name: str) -> str:
        """Claim a report's name, or the next free one."""

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write a file's text under a name; raises OSError."""


def collect(context: Context, promoted: Promoted, result: RunResult, files: RecordWriter) -> None:
    """Fill the result's lists; lists that are longer than `max_records` go to `files` whole."""
    limit, counts = context.settings.max_records, result.counts
    if promoted.found.any:
        result.successful_records = _records(context, _first_successes(promoted, limit))
        if counts.inserted + counts.updated + counts.deleted + counts.unchanged > limit:
            name = f"{result.report_name}_successful.jsonl.gz"
            _SQL.run_for(context.conn, "successes", promoted.names)
            lines = _SQL.compose("success_lines", promoted.names)
            result.record_files.successful = _written(context, files, name, lines)
    if counts.failed:
        landed = _QUARANTINE
        if counts.failed_again:  # else whatever waits has landed now
            landed = _part("failed_now", promoted)
        result.failed_records = _records(context, _failures(promoted, landed, limit))
        if counts.failed > limit:
            name = f"{result.report_name}_failed.jsonl.gz"
            lines = _SQL.compose("chunks", lines=_failures(promoted, landed))
            result.record_files.failed = _written(context, files, name, lines)
            name, table = f"{result.report_name}_failed.csv", _failures_csv(promoted, landed)
            result.record_files.failed_csv = _written(context, files, name, table, _csv)
    if counts.failed_again:
        earlier = _part("failed_before", promoted) if promoted.found.any else _QUARANTINE
        result.standing_records = _records(context, _failures(promoted, earlier, limit))


def _part(name: str, promoted: Promoted) -> sql.Composable:
    """A part of the quarantine."""
    return sql.SQL("({})").format(_SQL.compose(name, promoted.names))


def _failures(
    promoted: Promoted, waiting: sql.Composable, limit: int | None = None
) -> sql.Composed:
    most = _ALL if limit is None else sql.Literal(limit)
    return _SQL.compose("failures", promoted.names, waiting=waiting, limit=most, second=_SECOND)


def _first_successes(promoted: Promoted, limit: int) -> sql.Composed:
    record, most = record_of(promoted.names), sql.Literal(limit)
    return _SQL.compose("first_successes", promoted.names, record=record, limit=most)


def _failures_csv(promoted: Promoted, waiting: sql.Composable) -> sql.Composed:
    """Waiting rows as a table."""
    names = promoted.names
    fields = [
        sql.SQL("waiting.record ->> {} as {}").format(sql.Literal(source), sql.Identifier(source))
        for source in ("Id", *(field.source for field in names.entity.fields))
    ]
    return _SQL.compose(
        "failures_csv",
        names,
        fields=scripts.lines(fields),
        waiting=waiting,
        second=_SECOND,
    )


def _records(context: Context, query: sql.Composed) -> list[Record]:
    return [Record.from_dict(json.loads(record)) for (record,) in context.conn.execute(query)]


def _lines(context: Context, query: sql.Composed) -> Generator[str]:
    """The rows of a query, which are lines already; only the binary format leaves them as such."""
    statement = sql.SQL("copy ({}) to stdout with (format binary)").format(query)
    with context.conn.cursor().copy(statement) as copy:
        copy.set_types(["text"])
        for (lines,) in copy.rows():
            yield lines


def _csv(context: Context, query: sql.Composed) -> Generator[str]:
    """The rows of a query as CSV with a header, one at a time."""
    statement = sql.SQL("copy ({}) to stdout with (format csv, header)").format(query)
    with context.conn.cursor().copy(statement) as copy:
        for block in copy:
            yield str(block, "utf-8")


def _written(
    context: Context,
    files: RecordWriter,
    name: str,
    query: sql.Composed,
    read: Callable[[Context, sql.Composed], Generator[str]] = _lines,
) -> str | None:
    """The name of the file, None where it cannot be written: that costs a list, and no row."""
    try:
        # a copy that breaks off ends the transaction around it
        with context.conn.transaction(), contextlib.closing(read(context, query)) as text:
            files.write(name, text)
    except OSError as error:
        context.warnings.append(f"The file {name} could not be written: {error.strerror}.")
        return None
    return name
