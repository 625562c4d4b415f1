"""BATCH files, one a page, in a directory of the run's own."""

from __future__ import annotations

import gzip
import sys
import uuid
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from tap_salesforce_taskwho.errors import UserError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from singer_sdk.helpers._batch import BatchConfig

    from tap_salesforce_taskwho.records import Record

LOCK = ".lock"
COMPRESSIONS = (None, "none", "gzip")
# Files live for seconds: a better ratio would cost more time than it saves.
FASTEST = 1


class BatchFiles:
    """The batch files of a stream, in one directory on a local disk.

    The tap holds a shared lock on `.lock` in it as long as it writes. A loader that finds the
    directory unlocked knows that its run has ended, and may sweep what a killed loader left.
    """

    def __init__(self, config: BatchConfig, stream: str) -> None:
        if config.encoding.format != "jsonl" or config.encoding.compression not in COMPRESSIONS:
            raise UserError(
                f"batch_config asks for {config.encoding.format} files with compression "
                f"{config.encoding.compression}, which this tap does not write. Set its encoding "
                "to jsonl, with compression gzip or none."
            )
        self.packed = config.encoding.compression == "gzip"
        self.directory = _local(config.storage.root) / (
            f"{config.storage.prefix or ''}{stream}-{uuid.uuid4()}"
        )
        self.number = 0
        self._lock = _lock(self.directory)

    def __enter__(self) -> Self:
        """Hold the lock."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the lock go; a loader that still reads holds one of its own."""
        self._lock.close()

    def write(self, records: Sequence[Record]) -> str:
        """Write a file of records, a JSON object a line; gives its URL."""
        self.number += 1
        path = self.directory / f"{self.number:06d}.jsonl{'.gz' if self.packed else ''}"
        lines = msgspec.json.Encoder().encode_lines(records)
        path.write_bytes(gzip.compress(lines, FASTEST) if self.packed else lines)
        return path.as_uri()


def _local(root: str) -> Path:
    parts = urlsplit(root)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    if parts.scheme and not Path(root).drive:
        raise UserError(
            f"batch_config keeps files at {parts.scheme}://, and this tap writes them to a local "
            "disk alone. Set its storage.root to file:// and a folder that the loader can read."
        )
    return Path(root).resolve()


def _lock(directory: Path) -> IO[bytes]:
    try:
        directory.mkdir(parents=True)
        lock = (directory / LOCK).open("wb")
    except OSError as error:
        raise UserError(
            f"Batch files cannot be written to {directory}: {error.strerror}. Set storage.root of "
            "batch_config to a folder that the tap may write to."
        ) from error
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_SH)
    return lock
