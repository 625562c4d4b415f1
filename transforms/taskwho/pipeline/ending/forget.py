"""Removes history that is older than the setting `keep`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import runs
from taskwho.model.errors.pipeline import HISTORY_NOT_REMOVED
from taskwho.report.report_names import remove_old

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

logger = logging.getLogger("taskwho")


def forget(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> None:
    """Remove old runs from the database and old reports from their folder; a failure is a warning.

    Before the reports are written, so that the page of all runs links to none that is gone.
    """
    try:
        runs.forget(conn, settings.keep)
        remove_old(settings.reports_dir, settings.keep)
    except psycopg.Error as error:
        said = error.diag.message_primary or "the connection was lost"
        logger.warning("%s", HISTORY_NOT_REMOVED.message(error=said))
    except OSError as error:
        logger.warning("%s", HISTORY_NOT_REMOVED.message(error=error.strerror))
