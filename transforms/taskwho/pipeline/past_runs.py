"""Reports of past runs, written again from `taskwho.runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.database.connection import connect
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.commands import NO_REPORT_OF_RUN, NO_REPORT_YET
from taskwho.model.result import RunResult
from taskwho.pipeline import prepare
from taskwho.report.files import publish

if TYPE_CHECKING:
    from pathlib import Path

_LAST = "select report from taskwho.runs where report is not null order by run_id desc limit 1"
_ONE = "select report from taskwho.runs where run_id = %s and report is not null"


def write_again(at: Path, run: int | None, reports_dir: Path) -> Path:
    """Publish the report of a past run again; that of the last run if no number is given."""
    with connect(prepare.require_database(at)) as connection:
        exists = connection.execute("select to_regclass('taskwho.runs') is not null").fetchone()
        found = None
        if exists and exists[0]:
            query, values = (_LAST, ()) if run is None else (_ONE, (run,))
            found = connection.execute(query, values).fetchone()
    if found is None:
        raise TaskwhoError(NO_REPORT_YET if run is None else NO_REPORT_OF_RUN, run=run)
    return publish(RunResult.from_dict(found[0]), reports_dir)
