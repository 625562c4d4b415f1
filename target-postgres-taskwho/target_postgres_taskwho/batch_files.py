"""Batch files: read in blocks of bounded size, as records or as CSV for COPY."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec
from singer_sdk.singerlib.json import deserialize_json

from target_postgres_taskwho.errors import (
    BATCH_FILE_CUT,
    BATCH_FILE_GONE,
    BATCH_FILE_NOT_CSV,
    BATCH_FILE_NOT_JSONL,
    BATCH_FILE_UNREADABLE,
    LoadError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BLOCK_BYTES = 1 << 20  # of decoded text: some 3,500 relations
# U+0000 as JSON spells it; an even number of backslashes before it are backslashes of the text
NULL_CHARACTER = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
OBJECTS = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
ROWS = msgspec.json.Decoder(list[Any], float_hook=Decimal)


def local_paths(urls: Iterable[str]) -> list[Path]:
    """Give the paths of those files of a manifest that lie on a local disk."""
    parts = ((url, urlsplit(url)) for url in urls)
    return [
        Path(url2pathname(part.path) if part.scheme else url)
        for url, part in parts
        if part.scheme in {"", "file"}
    ]


@contextmanager
def opened(path: Path, compression: str | None) -> Iterator[IO[bytes]]:
    """Open a batch file; one that is gone, cut or cannot be read raises LoadError."""
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:  # to gzip, nothing is a whole file
                raise LoadError(BATCH_FILE_CUT, path=path, reason="it is empty")
            if compression == "gzip":
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield unpacked  # type: ignore[misc] # GzipFile is an IO[bytes] but for its mode
            else:
                yield file
    except FileNotFoundError:
        raise LoadError(BATCH_FILE_GONE, path=path) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise LoadError(BATCH_FILE_CUT, path=path, reason=str(error).rstrip(".")) from None
    except OSError as error:
        reason = error.strerror or error
        raise LoadError(BATCH_FILE_UNREADABLE, path=path, reason=reason) from None


class JsonlFile:
    """A batch file of an object a line; U+0000 may become U+FFFD.

    Raises LoadError where the file is not like that.
    """

    def __init__(self, path: Path, file: IO[bytes], *, replaces_null: bool) -> None:
        self._path, self._file, self._replaces_null = path, file, replaces_null

    def records(self) -> Iterator[list[dict[str, Any]]]:
        """Read the records, a block at a time."""
        for block in _blocks(_chunks(self._file)):
            # to look first costs a hundredth of what the pattern costs
            if self._replaces_null and b"\\u0000" in block:
                block = NULL_CHARACTER.sub(rb"\1\\ufffd", block)  # noqa: PLW2901 -- the same block
            yield self._decoded(block)

    def _decoded(self, lines: bytes) -> list[dict[str, Any]]:
        try:
            return OBJECTS.decode_lines(lines)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass
        try:
            # NaN and lone surrogates get the stock target's answer
            records = [deserialize_json(line) for line in lines.split(b"\n")]
        except (ValueError, RecursionError) as error:
            raise LoadError(BATCH_FILE_NOT_JSONL, path=self._path, reason=error) from None
        if any(type(record) is not dict for record in records):
            reason = "a line holds something else"
            raise LoadError(BATCH_FILE_NOT_JSONL, path=self._path, reason=reason)
        return records


class CsvFile:
    """A batch file of CSV: a header, every text in quotes, and bare true, false, null or numbers.

    PostgreSQL reads it by `with (format csv, null 'null')`. No text needs an escape, so each of
    its lines is the inside of a JSON array too. Raises LoadError where the file is not like that.
    """

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file
        header = file.readline()
        self._check_end(header)
        self.columns: Sequence[str] = self._decoded(header.rstrip(b"\n"))[0]

    def chunks(self) -> Iterator[bytes]:
        """Read the rows as they are."""
        chunk = b"\n"
        for chunk in _chunks(self._file):
            yield chunk
        self._check_end(chunk)

    def records(self) -> Iterator[list[dict[str, Any]]]:
        """Read the rows as records, a block at a time."""
        for block in _blocks(self.chunks()):
            rows = self._decoded(block)
            yield [dict(zip(self.columns, row, strict=True)) for row in rows]

    def _check_end(self, last: bytes) -> None:
        if not last.endswith(b"\n"):
            raise LoadError(BATCH_FILE_CUT, path=self._path, reason="its last line does not end")

    def _decoded(self, lines: bytes) -> list[list[Any]]:
        try:
            return ROWS.decode_lines(b"[%b]" % lines.replace(b"\n", b"]\n["))
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise LoadError(BATCH_FILE_NOT_CSV, path=self._path, reason=error) from None


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(BLOCK_BYTES):
        yield chunk


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make whole lines of chunks, about as many bytes at a time."""
    rest = b""
    for chunk in chunks:
        lines, newline, tail = chunk.rpartition(b"\n")
        if not newline:
            rest += chunk
            continue
        yield rest + lines
        rest = tail
    if rest:
        yield rest
