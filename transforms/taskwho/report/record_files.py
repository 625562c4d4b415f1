"""Files of a report's records: JSON lines, and CSV. They are hidden until the promotion commits."""

from __future__ import annotations

import contextlib
import gzip
import time
from itertools import chain
from typing import TYPE_CHECKING

from taskwho.model.private_files import make_private, open_private
from taskwho.report import report_names
from taskwho.report.inert_text import escaped, visible
from taskwho.report.parts.spreadsheet import without_formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from taskwho.model.results.result import RecordFiles, RunResult

_LEFT_OVER_SECONDS = 86_400
_BLOCK = 65_536  # characters
_CONTROL = bytes([*range(9), *range(11, 32), 127])


class RecordFileWriter:
    """Writes the hidden files of one promotion."""

    def __init__(self, reports_dir: Path) -> None:
        self._reports_dir = reports_dir
        self._written: list[Path] = []
        self._name: str | None = None

    def claim(self, name: str) -> str:
        """The report's name; as it is given where the folder cannot be written to."""
        try:
            self._name = report_names.claim(self._reports_dir, name)
        except OSError:
            return name
        return self._name

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write one file; raises OSError where the disk is full, say."""
        make_private(self._reports_dir)
        path = self._reports_dir / _hidden(name)
        self._written.append(path)
        with open_private(path) as raw:
            if name.endswith(".gz"):
                with gzip.open(raw, "wb", compresslevel=1) as file:
                    file.writelines(_inert(_blocks(pieces), escaped))
            else:
                raw.writelines(_inert(map(without_formulas, _blocks(pieces)), visible))

    def discard(self) -> None:
        """Remove the files of a promotion that changed nothing, and give its name back."""
        for path in self._written:
            path.unlink(missing_ok=True)
        if self._name:
            report_names.release(self._reports_dir, self._name)


def publish(reports_dir: Path, files: RecordFiles) -> None:
    """Give the files their names, after the commit; some may have theirs already."""
    for name in _names(files):
        with contextlib.suppress(FileNotFoundError):
            (reports_dir / _hidden(name)).replace(reports_dir / name)


def clear(reports_dir: Path, pending: list[RunResult]) -> None:
    """Remove what promotions that were killed before their commit left, a day later."""
    kept = {_hidden(name) for result in pending for name in _names(result.record_files)}
    hidden = [_hidden("*.jsonl.gz"), _hidden("*.csv"), ".*.claim"]
    for path in chain.from_iterable(map(reports_dir.glob, hidden)):
        if path.name not in kept and time.time() - path.stat().st_mtime > _LEFT_OVER_SECONDS:
            path.unlink(missing_ok=True)


def _hidden(name: str) -> str:
    return f".{name}.part"


def _names(files: RecordFiles) -> list[str]:
    return [name for name in files.to_dict().values() if name]


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces joined: a look at each, and a write of each, takes longer than making it."""
    block: list[str] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def _inert(pieces: Iterable[str], harmless: Callable[[str], str]) -> Iterator[bytes]:
    """The text as bytes. Hardly any has a character that is not seen: a quick look saves time."""
    for piece in pieces:
        data = piece.encode()
        if not data.isascii() or len(data.translate(None, _CONTROL)) < len(data):
            data = harmless(piece).encode()
        yield data
