"""Reports a run that cannot begin."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from taskwho.model.errors import TaskwhoError
from taskwho.model.outcome import RunOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.settings import PostLoadSettings


def is_first_step() -> bool:
    """Whether this process is a step of `meltano run`, whose first one `prepare` is.

    Meltano tells a utility its name (meltano.core.plugin.project_plugin, info_env).
    """
    return "MELTANO_UTILITY_NAME" in os.environ


@contextlib.contextmanager
def failure_reported(settings: PostLoadSettings, url: str | None = None) -> Iterator[None]:
    """Report a run that cannot begin; `url` is None where it knows no database yet.

    The error has the result. A folder in which nothing has run stays as it is: it may be the wrong
    one.
    """
    began = datetime.now(UTC)
    try:
        yield
    except TaskwhoError as error:
        if url is None and not is_first_step() and not settings.reports_dir.is_dir():
            raise
        # slow to import
        from taskwho.pipeline.promote_and_report import report_failure  # noqa: PLC0415

        error.result = report_failure(url, error, settings, RunOutcome(started_at=began))
        raise
