"""BATCH files, one a page, in a directory of the run's own.

`jsonl` is an object a line, for any loader. `csv` is for a loader that hands it to PostgreSQL's
COPY unread: a header, every text in quotes, and bare true, false and null, in UTF-8. A page with a
text that CSV and JSON would spell differently goes into a jsonl file of its own.
"""

from __future__ import annotations

import gzip
import re
import sys
import uuid
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec
from singer_sdk.helpers._batch import BaseBatchFileEncoding

from tap_salesforce_taskwho.errors import UserError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from singer_sdk.helpers._batch import BatchConfig

    from tap_salesforce_taskwho.salesforce.records import Record

LOCK = ".lock"
FORMATS = ("jsonl", "csv")
COMPRESSIONS = (None, "none", "gzip")
# A pattern finds this twice as fast as bytes.replace does.
BETWEEN_ARRAYS = re.compile(rb"\]\n\[")
# Files live for seconds: a better ratio would cost more time than it saves.
FASTEST = 1


class BatchFiles:
    """The batch files of a stream, in one directory on a local disk.

    The tap holds a shared lock on `.lock` in it as long as it writes. A loader that finds the
    directory unlocked knows that its run has ended, and may sweep what a killed loader left.
    """

    def __init__(self, config: BatchConfig, stream: str) -> None:
        encoding = config.encoding
        if encoding.format not in FORMATS or encoding.compression not in COMPRESSIONS:
            raise UserError(
                f"batch_config asks for {encoding.format} files with compression "
                f"{encoding.compression}, which this tap does not write. Set its encoding to "
                "jsonl, or csv for target-postgres-taskwho, with compression gzip or none."
            )
        self.encoding = encoding
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

    def write(self, records: Sequence[Record]) -> tuple[BaseBatchFileEncoding, str]:
        """Write a file of records; gives how it is written, and its URL."""
        self.number += 1
        name, compression = self.encoding.format, self.encoding.compression
        content = _csv(records) if name == "csv" else None
        if content is None:
            name, content = "jsonl", msgspec.json.Encoder().encode_lines(records)
        packed = compression == "gzip"
        path = self.directory / f"{self.number:06d}.{name}{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content, FASTEST) if packed else content)
        return BaseBatchFileEncoding(name, compression), path.as_uri()


def _csv(records: Sequence[Record]) -> bytes | None:
    """Write a page as CSV, None where a text needs an escape or a record is a strange one."""
    if dict in set(map(type, records)):
        return None
    structs = cast("Sequence[msgspec.Struct]", records)
    rows = [structs[0].__struct_fields__, *map(msgspec.structs.astuple, structs)]
    arrays = msgspec.json.Encoder().encode_lines(rows)
    # JSON escapes quotes, line breaks and control characters, all by a backslash
    return None if b"\\" in arrays else BETWEEN_ARRAYS.sub(b"\n", arrays[1:-2]) + b"\n"


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
