"""What `taskwho doctor` checks of alerts and metrics. It posts and writes nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from taskwho.commands.checks.finding import Finding
from taskwho.model.errors import doctor
from taskwho.report.monitoring.webhook import UNFIT, is_fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.settings import PostLoadSettings


def check_monitoring(settings: PostLoadSettings) -> Iterator[Finding]:
    """Whether an alert can be posted, and the file of metrics replaced."""
    if settings.notify and not is_fit(settings.notify.strip()):
        yield Finding.of(doctor.ALERT_ADDRESS, why=UNFIT)
    file = settings.metrics
    if file and not (os.access(file.absolute().parent, os.W_OK) and not file.is_dir()):
        yield Finding.of(doctor.METRICS_FOLDER, file=file)
