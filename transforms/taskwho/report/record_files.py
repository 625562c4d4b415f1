"""Files of a report's records (.jsonl.gz). They are hidden until the promotion has committed."""

from __future__ import annotations

import contextlib
import gzip
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from taskwho.model.result import RecordFiles, RunResult

_LEFT_OVER_SECONDS = 86_400


class RecordFileWriter:
    """Writes the hidden files of one promotion."""

    def __init__(self, reports_dir: Path) -> None:
        self._reports_dir = reports_dir
        self._written: list[Path] = []

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write one file; raises OSError where the disk is full, say."""
        self._reports_dir.mkdir(parents=True, exist_ok=True)
        path = self._reports_dir / _hidden(name)
        self._written.append(path)
        with gzip.open(path, "wb", compresslevel=1) as file:
            for piece in pieces:
                file.write(piece.encode())

    def discard(self) -> None:
        """Remove the files of a promotion that changed nothing."""
        for path in self._written:
            path.unlink(missing_ok=True)


def publish(reports_dir: Path, files: RecordFiles) -> None:
    """Give the files their names, after the commit; some may have theirs already."""
    for name in (files.successful, files.failed):
        if name:
            with contextlib.suppress(FileNotFoundError):
                (reports_dir / _hidden(name)).replace(reports_dir / name)


def clear(reports_dir: Path, pending: list[RunResult]) -> None:
    """Remove what promotions that were killed before their commit left, a day later."""
    files = [result.record_files for result in pending]
    kept = {_hidden(name) for file in files for name in (file.successful, file.failed) if name}
    for path in reports_dir.glob(_hidden("*.jsonl.gz")):
        if path.name not in kept and time.time() - path.stat().st_mtime > _LEFT_OVER_SECONDS:
            path.unlink(missing_ok=True)


def _hidden(name: str) -> str:
    return f".{name}.part"
