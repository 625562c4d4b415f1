"""Reports of past runs, written again from `taskwho.runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.database import runs
from taskwho.database.connection import connect
from taskwho.database.failures import in_words
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.commands import NO_REPORT_OF_RUN, NO_REPORT_YET
from taskwho.pipeline.starting.database_url import require_database
from taskwho.report.files import publish
from taskwho.report.next_steps import add_next_steps

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult


def last_runs(url: str, limit: int) -> list[RunResult]:
    """The last runs, the newest first; none where there was none."""
    with in_words(), connect(url) as connection:
        found = runs.last(connection, limit)
    for result in found:
        add_next_steps(result)
    return found


def write_again(at: Path, run: int | None, reports_dir: Path) -> Path:
    """Publish the report of a past run again; that of the last run if no number is given."""
    with in_words(), connect(require_database(at)) as connection:
        result = runs.past(connection, run)
    if result is None:
        raise TaskwhoError(NO_REPORT_YET if run is None else NO_REPORT_OF_RUN, run=run)
    return publish(result, reports_dir, is_latest=False)
