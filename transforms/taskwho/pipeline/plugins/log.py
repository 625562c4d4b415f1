"""What the tap and the loader log: kept line by line, and read for what a person wants to know."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Self

from taskwho.database import connection
from taskwho.model.entities import JOURNAL
from taskwho.model.private_files import make_private, open_private
from taskwho.model.redaction import Redactor
from taskwho.model.salesforce_settings import SECRETS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from taskwho.model.sync_request import SyncRequest
    from taskwho.pipeline.plugins.processes import Line

_FOLDER = "logs"
_KEPT = 20
_ERRORS = ("error", "critical")
# the loggers whose warnings are for people; Python's own warnings come by others
_OURS = ("tap-salesforce-taskwho", "target-postgres")


@dataclass(slots=True)
class Heard:
    """What a child has said: its last error, with the code of the problem where it names one."""

    error: str | None = None
    problem: str | None = None


@dataclass(slots=True)
class Reading:
    """How far the tap is; `total` are the rows of as many windows as it has begun to read."""

    rows: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    windows: int = 0
    api_calls: int = 0


class ChildLog:
    """A context manager: the log file of one run, which its owner alone can read.

    Secrets that a library printed are taken out. A full disk does not stop a run: what cannot be
    kept is still read.
    """

    def __init__(self, home: Path, run_id: str, redactor: Redactor) -> None:
        self._clean = redactor.clean
        moment = f"{datetime.now(UTC):%Y%m%d_%H%M%S}"
        self.file = home / _FOLDER / f"sync_{moment}_{run_id[:8]}.log"
        self.heard = {"tap": Heard(), "loader": Heard()}
        self.reading = Reading()
        self._out: IO[str] | None = None

    def __enter__(self) -> Self:
        """Open the file, and remove the oldest ones."""
        with contextlib.suppress(OSError):
            make_private(self.file.parent)
            for old in sorted(self.file.parent.glob("sync_*.log"))[: -_KEPT + 1]:
                old.unlink(missing_ok=True)
            # line by line: after a kill everything that was said is there
            self._out = io.TextIOWrapper(
                open_private(self.file, "ab"), encoding="utf-8", line_buffering=True
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            if self._out is not None:
                self._out.close()

    def start(self) -> None:
        """Forget the children before these; their API calls still count."""
        self.heard = {"tap": Heard(), "loader": Heard()}
        self.reading = Reading(api_calls=self.reading.api_calls)

    def take(self, line: Line) -> str | None:
        """Keep a line, and learn from it; the text of a warning that a person should read."""
        self._keep(self._clean(line.text))
        event = _event(line.text)
        if event is None:
            return None
        text, level = self._clean(str(event.get("message") or "")), event.get("level")
        if level in _ERRORS:
            self.heard[line.source] = Heard(text, event["extra"].get("problem"))
        elif level == "warning" and str(event.get("logger_name")).startswith(_OURS):
            return text
        elif line.source == "tap":
            self._take_progress(event)
        return None

    def _keep(self, text: str) -> None:
        if self._out is not None:
            try:
                self._out.write(text + "\n")
            except OSError:
                with contextlib.suppress(OSError):
                    self._out.close()
                self._out = None

    def _take_progress(self, event: Mapping[str, Any]) -> None:
        reading = self.reading
        if (total := event["extra"].get("rows_to_read")) is not None:
            reading.total = (reading.total or 0) + int(total)
            reading.windows += 1
        metric = event.get("metric_info")
        if not isinstance(metric, dict):
            return
        value = int(metric.get("value") or 0)
        stream = str(metric.get("tags", {}).get("stream"))
        if metric.get("metric") == "record_count" and stream != JOURNAL:
            reading.rows[stream] = reading.rows.get(stream, 0) + value
        elif metric.get("metric") == "http_request_count":
            reading.api_calls += value


def redactor_of(request: SyncRequest) -> Redactor:
    """What takes the secrets of a run out of texts."""
    secrets = [str(request.salesforce.get(name) or "") for name in SECRETS]
    return Redactor([*secrets, connection.password(request.database_url), request.database_url])


def last_error(log: str) -> str:
    """The last error of a log, its last line where there is none."""
    lines = log.strip().splitlines()
    errors = [event for event in map(_event, lines) if event and event.get("level") in _ERRORS]
    return str(errors[-1].get("message")) if errors else "".join(lines[-1:])


def _event(text: str) -> dict[str, Any] | None:
    """A line as a log event; None for what a library printed."""
    try:
        event = json.loads(text)
    except ValueError:
        return None
    if not isinstance(event, dict):
        return None
    extra = event.get("extra")
    return {**event, "extra": extra if isinstance(extra, dict) else {}}
