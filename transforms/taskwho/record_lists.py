"""The report's lists of records: inline as far as they go, whole in files beside the report."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import dict_row

from taskwho import database
from taskwho.result import Record

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

    from taskwho.result import RunResult
    from taskwho.settings import PostLoadSettings

SUCCESSFUL = ["insert", "update", "delete", "unchanged"]
FAILED = ["failed", "suppressed"]
PENDING = ".pending"


def write(
    connection: psycopg.Connection[Any], settings: PostLoadSettings, result: RunResult
) -> None:
    """Fill the result's lists; longer ones go into files that `publish` puts in place."""
    landed = sql.SQL("true")
    result.successful_records, result.record_files.successful = _list(
        connection, settings, f"{result.report_name}_successful", landed, SUCCESSFUL
    )
    result.failed_records, result.record_files.failed = _list(
        connection, settings, f"{result.report_name}_failed", landed, FAILED
    )
    result.standing_records, _ = _list(connection, settings, None, sql.SQL("false"), FAILED)


def _list(
    connection: psycopg.Connection[Any],
    settings: PostLoadSettings,
    name: str | None,
    landed: sql.SQL,
    actions: list[str],
) -> tuple[list[Record], str | None]:
    query = database.statement("71_records", has_landed=landed, actions=sql.Literal(actions))
    with connection.cursor("records", row_factory=dict_row) as cursor:
        cursor.execute(query)
        inline = [Record(**row) for row in cursor.fetchmany(settings.max_records)]
        more = cursor.fetchmany(1)
        if not more or name is None:
            return inline, None
        file = f"{name}.jsonl.gz"
        settings.reports_dir.mkdir(parents=True, exist_ok=True)
        with gzip.open(settings.reports_dir / f"{file}{PENDING}", "wt", encoding="utf-8") as out:
            cursor.scroll(0, mode="absolute")
            for row in cursor:
                out.write(json.dumps(row) + "\n")
        return inline, file


def publish(reports_dir: Path, result: RunResult) -> None:
    """Put the files in place, after the commit."""
    for file in (result.record_files.successful, result.record_files.failed):
        if file:
            with suppress(FileNotFoundError):  # an earlier attempt came this far
                (reports_dir / f"{file}{PENDING}").replace(reports_dir / file)
