"""Tells people and machines of a run that has ended. What fails here is a warning."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, cast

import psycopg

from taskwho.database import alerts
from taskwho.database.connection import connect
from taskwho.model.errors import DatabaseUnavailable, TaskwhoError
from taskwho.model.errors.pipeline import ALERT_NOT_SENT, METRICS_NOT_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings
    from taskwho.report.monitoring.alert import News

logger = logging.getLogger("taskwho")
_UNREACHABLE = (psycopg.Error, DatabaseUnavailable)
_SECONDS = "5"  # to connect: the run itself is done
# a failure that the database does not know of, so that its end is told too
_MARK = ".alert_failed"


def announce(url: str | None, settings: PostLoadSettings, results: Iterable[RunResult]) -> None:
    """Write the numbers of each run, and post what is news; in the order in which they ended."""
    is_heard = bool(settings.notify)
    for result in results:
        if settings.metrics:
            _write(settings.metrics, result)
        # what does not arrive may take seconds, once
        is_heard = is_heard and _tell(url, settings, result)


def announce_dead(
    conn: psycopg.Connection[Any], url: str, settings: PostLoadSettings, dead: list[RunResult]
) -> None:
    """Write the reports that are pending, and announce the runs that did not finish."""
    from taskwho.pipeline.pending_reports import publish_pending  # noqa: PLC0415 - slow to import

    # a report that stays pending is told of by post-load
    with contextlib.suppress(TaskwhoError):
        paths = publish_pending(conn, settings.reports_dir)
        for result in dead:
            result.report_path = paths.get(result.run_id)
    announce(url, settings, dead)


def _write(file: Path, result: RunResult) -> None:
    from taskwho.report.monitoring.metrics import write_metrics  # noqa: PLC0415 - few need it

    try:
        write_metrics(file, result)
    except OSError as error:
        logger.warning("%s", METRICS_NOT_WRITTEN.message(file=file, error=error.strerror))


def _tell(url: str | None, settings: PostLoadSettings, result: RunResult) -> bool:
    """Post what is news; whether there is none, or it arrived."""
    # few need them, and they are slow to import
    from taskwho.report.monitoring import webhook  # noqa: PLC0415
    from taskwho.report.monitoring.alert import message, news_of  # noqa: PLC0415

    mark = settings.reports_dir / _MARK
    news = news_of(result, _told(url, result, mark))
    if news is None:
        return True
    try:
        refusal = webhook.post(settings.notify, message(result, news, settings.report_url))
    except KeyboardInterrupt:
        refusal = "it was stopped by hand"  # the run itself is done
    if refusal is None:
        _keep(url, result, news, mark)
        return True
    logger.warning("%s", ALERT_NOT_SENT.message(why=refusal))
    return False


def _told(url: str | None, result: RunResult, mark: Path) -> News | None:
    """What the last alert told, as far as that is known."""
    with contextlib.suppress(OSError):
        if mark.exists():
            return "failed"
    if url and result.run_id:
        with contextlib.suppress(*_UNREACHABLE), connect(url, connect_timeout=_SECONDS) as conn:
            return cast("News | None", alerts.last(conn))
    return None


def _keep(url: str | None, result: RunResult, news: News, mark: Path) -> None:
    """Keep it in the database, a failure beside the reports where that is not possible."""
    is_kept = False
    if url and result.run_id:
        with contextlib.suppress(*_UNREACHABLE), connect(url, connect_timeout=_SECONDS) as conn:
            alerts.keep(conn, news, result.run_id)
            is_kept = True
    with contextlib.suppress(OSError):
        if news == "failed" and not is_kept:
            mark.touch(0o600)
        else:
            mark.unlink(missing_ok=True)
