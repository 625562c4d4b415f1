"""BATCH files: one for each page, in a directory of the run's own.

`jsonl` holds an object a line, for any loader. `csv` is for a loader that passes it to PostgreSQL's
COPY unread: UTF-8, with a header, every text in quotes, and true, false and null without quotes. A
page with a text that CSV and JSON spell differently is written as a jsonl file.
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import uuid
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from tap_salesforce_taskwho.errors import TapError, UserError
from tap_salesforce_taskwho.errors.output import (
    BATCH_CONFIG_WRONG,
    BATCH_FILE_NOT_WRITTEN,
    BATCH_FOLDER_UNWRITABLE,
    BATCH_FORMAT_UNKNOWN,
    BATCH_STORAGE_REMOTE,
)
from tap_salesforce_taskwho.output.singer_internals import BatchEncoding

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tap_salesforce_taskwho.output.singer_internals import BatchConfig
    from tap_salesforce_taskwho.salesforce.records import Record

LOCK = ".lock"
FORMATS = ("jsonl", "csv")
COMPRESSIONS = (None, "none", "gzip")
# Files live for seconds, so a better ratio costs more time than it saves.
FASTEST = 1
BRACKETS_BETWEEN_ROWS = re.compile(rb"\]\n\[")
OWNER_ONLY, OWNER_READS = 0o700, 0o600


class BatchFiles:
    """The batch files of a stream, in one directory on a local disk.

    The tap holds a shared lock on its `.lock` as long as it writes. A loader that finds the
    directory unlocked knows that its run has ended, and may remove what a killed loader left.
    """

    def __init__(self, config: BatchConfig, stream: str) -> None:
        encoding = config.encoding
        if encoding.format not in FORMATS or encoding.compression not in COMPRESSIONS:
            raise UserError(
                BATCH_FORMAT_UNKNOWN, format=encoding.format, compression=encoding.compression
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
        """Release the lock; a loader that still reads holds one of its own."""
        self._lock.close()

    def write(self, records: Sequence[Record]) -> tuple[BatchEncoding, str]:
        """Write a file of records; gives its encoding and its URL."""
        self.number += 1
        name, compression = self.encoding.format, self.encoding.compression
        content = _csv(records) if name == "csv" else None
        if content is None:
            name, content = "jsonl", msgspec.json.Encoder().encode_lines(records)
        packed = compression == "gzip"
        path = self.directory / f"{self.number:06d}.{name}{'.gz' if packed else ''}"
        try:
            with _private_file(path) as file:
                file.write(gzip.compress(content, FASTEST) if packed else content)
        except OSError as error:
            raise TapError(BATCH_FILE_NOT_WRITTEN, file=path, error=error.strerror) from error
        return BatchEncoding(name, compression), path.as_uri()


def _csv(records: Sequence[Record]) -> bytes | None:
    """Write a page as CSV, None where a text needs an escape or a record has another shape."""
    if dict in set(map(type, records)):
        return None
    structs = cast("Sequence[msgspec.Struct]", records)
    rows = [structs[0].__struct_fields__, *map(msgspec.structs.astuple, structs)]
    arrays = msgspec.json.Encoder().encode_lines(rows)
    # JSON escapes by a backslash what CSV does not, also the end of a line
    if b"\\" in arrays:
        return None
    # a row is a JSON array without its brackets; each array ends with a newline
    return BRACKETS_BETWEEN_ROWS.sub(b"\n", arrays)[1:-2] + b"\n"


def _local(root: str) -> Path:
    try:
        parts = urlsplit(root)
    except ValueError as error:
        raise UserError(BATCH_CONFIG_WRONG, error=f"storage.root: {error}") from error
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    if parts.scheme and not Path(root).drive:
        raise UserError(BATCH_STORAGE_REMOTE, scheme=parts.scheme)
    return Path(root).resolve()


def _lock(directory: Path) -> IO[bytes]:
    try:
        _make_private(directory)
        lock = _private_file(directory / LOCK)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        said = getattr(error, "strerror", None) or error
        raise UserError(BATCH_FOLDER_UNWRITABLE, folder=directory, error=said) from error
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _make_private(directory: Path) -> None:
    """Make a directory, and those above it, for its owner alone, whatever the umask says."""
    for missing in reversed([at for at in (directory, *directory.parents) if not at.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(OWNER_ONLY)


def _private_file(path: Path) -> IO[bytes]:
    """Make a file that its owner alone can read: it holds people's data."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_READS)
    os.fchmod(descriptor, OWNER_READS)  # whatever the umask says
    return os.fdopen(descriptor, "wb")
