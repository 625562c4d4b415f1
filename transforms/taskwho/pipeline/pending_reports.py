"""Reports of runs that have ended, and whose files are not written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.database import runs
from taskwho.report import files, record_files

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg


def publish_pending(conn: psycopg.Connection[Any], reports_dir: Path) -> dict[int, str]:
    """Write them, the oldest first, also that of a run that was killed before it did; their paths.

    Raises TaskwhoError where one cannot be written: it stays pending.
    """
    pending = runs.pending(conn)
    record_files.clear(reports_dir, pending)
    paths = {}
    for result in pending:
        record_files.publish(reports_dir, result.record_files)
        path = paths[result.run_id] = str(files.publish(result, reports_dir))
        runs.published(conn, result.run_id, path)
    return paths
