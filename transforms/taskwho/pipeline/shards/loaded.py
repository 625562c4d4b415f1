"""The result of a run that only loads: what landed is promoted by a later post-load."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.database import shards
from taskwho.database.connection import connect
from taskwho.model.results.result import RunResult
from taskwho.pipeline import run_rows
from taskwho.pipeline.pending_reports import publish_pending
from taskwho.promotion.accounting.status import conclude
from taskwho.promotion.intake import journal

if TYPE_CHECKING:
    from taskwho.model.outcome import RunOutcome
    from taskwho.model.sync_request import SyncRequest


def report_loaded(request: SyncRequest, outcome: RunOutcome, run_id: str) -> RunResult:
    """End the row of the run and report it: windows, pages and API calls; nothing is promoted."""
    folder = request.settings.reports_dir
    with connect(request.database_url) as conn:
        entries = shards.pages(conn, run_id)
        result = RunResult(
            run_id=0,
            started_at=outcome.started_at or datetime.now(UTC),
            finished_at=datetime.now(UTC),
            mode=outcome.mode,
            run_ids=[run_id],
            windows=journal.windows(entries),
            batches=[journal.plain(entry) for entry in entries],
            api=journal.usage(entries),
        )
        conclude(result, outcome)
        if result.status in {"ok", "nothing"}:
            result.status = "loaded"
        run_rows.end(conn, result, folder)
        result.report_path = publish_pending(conn, folder).get(result.run_id)
    return result
