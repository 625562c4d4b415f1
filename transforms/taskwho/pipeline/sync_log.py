"""Reads Meltano's log: rows read, the last error of each plugin, exit codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from taskwho.pipeline.meltano_run import LOADER, TAP

_TO_READ = re.compile(r"^([\d,]+) rows to read")
_ERRORS = ("error", "critical")


@dataclass(slots=True)
class SyncLog:
    """What the events so far say."""

    tap_exit_code: int = 0
    loader_exit_code: int = 0
    meltano_error: str | None = None
    tap_error: str | None = None
    loader_error: str | None = None
    read: dict[str, int] = field(default_factory=dict)
    to_read: int | None = None

    def take(self, event: dict[str, Any]) -> None:
        """Add one event."""
        name = str(event.get("name") or "")
        text = str(event.get("event") or "")
        if name.startswith(TAP):
            self._take_tap(event, text)
        elif name.startswith(LOADER):
            if event.get("level") in _ERRORS:
                self.loader_error = text
        elif text == "Block run completed" and event.get("success") is False:
            self._take_end(event)
        elif event.get("level") in _ERRORS and text:
            self.meltano_error = str(event.get("error") or text)

    def warning(self, event: dict[str, Any]) -> str | None:
        """The warning of the tap in an event, if a person should read it."""
        text = str(event.get("event") or "")
        # the SDK logs this at discovery, before the tap's own checks run
        if event.get("level") != "warning" or text == "Config validation failed":
            return None
        # Python's own warnings are in the tap's log too, from another logger
        return text if str(event.get("plugin_logger") or "").startswith(TAP) else None

    def rows(self) -> int:
        """Records of all streams read so far."""
        return sum(self.read.values())

    def _take_tap(self, event: dict[str, Any], text: str) -> None:
        if event.get("level") in _ERRORS:
            self.tap_error = text
        elif found := _TO_READ.match(text):
            self.to_read = (self.to_read or 0) + int(found[1].replace(",", ""))
        elif isinstance(metric := event.get("metric_info"), dict):
            stream = str(metric.get("tags", {}).get("stream"))
            if metric.get("metric") == "record_count" and stream != "sync_batches":
                self.read[stream] = self.read.get(stream, 0) + int(metric.get("value") or 0)

    def _take_end(self, event: dict[str, Any]) -> None:
        codes = event.get("exit_codes") or {}
        for kind, code in codes.items() if isinstance(codes, dict) else ():
            # Meltano writes a plugin type as `extractors` or as its enum's name
            if "extractor" in str(kind).lower():
                self.tap_exit_code = int(code)
            elif "loader" in str(kind).lower():
                self.loader_exit_code = int(code)
        if not (self.tap_exit_code or self.loader_exit_code):
            self.meltano_error = str(event.get("err") or event.get("event"))
