"""Batch files: read in bounded blocks, decoded to rows, deleted when their rows are safe."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec
from singer_sdk.singerlib.json import deserialize_json

from target_postgres_taskwho.explain import LoadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Row = TypeVar("Row")

# of decoded text: some 3,500 relations, small enough that a file's size does not matter
BLOCK_BYTES = 1 << 20
# names that msgspec cannot rename a field to
UNNAMEABLE = frozenset('"\\') | {chr(code) for code in range(32)}


def local_path(url: str) -> Path | None:
    """Give the path of a manifest entry, or None where it is on no local disk."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    return None if parts.scheme else Path(url)


@contextmanager
def opened(path: Path, compression: str | None) -> Iterator[IO[bytes]]:
    """Open a batch file; a file that is gone or broken raises LoadError."""
    try:
        with path.open("rb") as file:
            if compression == "gzip":
                with gzip.GzipFile(fileobj=file) as plain:
                    yield plain  # type: ignore[misc] # GzipFile is an IO[bytes] but for its mode
            else:
                yield file
    except FileNotFoundError:
        raise LoadError(
            f"Batch file {path} is gone, so its rows cannot be loaded; something else deleted it. "
            "No STATE beyond it was passed on: run it again, and the rows are fetched anew."
        ) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise LoadError(
            f"Batch file {path} is not whole ({error}); its writer may have been killed or the "
            "disk may be full. No STATE beyond it was passed on: run it again."
        ) from None


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Read BLOCK_BYTES at a time, wherever a line ends."""
    while chunk := file.read(BLOCK_BYTES):
        yield chunk


def blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make whole lines of chunks, about as many bytes at a time."""
    rest = b""
    for block in chunks:
        lines, newline, tail = block.rpartition(b"\n")
        if not newline:
            rest += block
            continue
        yield rest + lines
        rest = tail
    if rest:
        yield rest


class CsvFile:
    """A batch file of CSV: a header, every text in quotes, and bare true, false, null or numbers.

    That is how PostgreSQL reads it by `with (format csv, null 'null')`; and since no text needs an
    escape, each of its lines is also what stands in a JSON array. Raises LoadError where it is not.
    """

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file
        header = file.readline()
        self._check_end(header)
        self.columns: list[str] = self._decoded(header.rstrip(b"\n"), list[str])[0]

    def chunks(self) -> Iterator[bytes]:
        """Read the rows as they are."""
        chunk = b"\n"
        for chunk in chunks(self._file):
            yield chunk
        self._check_end(chunk)

    def records(self) -> Iterator[list[dict[str, Any]]]:
        """Read the rows as records, some at a time."""
        for block in blocks(self.chunks()):
            rows = self._decoded(block, list[Any])
            yield [dict(zip(self.columns, row, strict=True)) for row in rows]

    def _check_end(self, last: bytes) -> None:
        if not last.endswith(b"\n"):
            raise LoadError(
                f"Batch file {self._path} is not whole: its last line does not end. The disk may "
                "be full. No STATE beyond it was passed on: run it again."
            )

    def _decoded(self, lines: bytes, kind: type[Row]) -> list[Row]:
        decoder = msgspec.json.Decoder(kind, float_hook=Decimal)
        try:
            return decoder.decode_lines(b"[%b]" % lines.replace(b"\n", b"]\n["))
        except (msgspec.DecodeError, UnicodeError) as error:
            raise LoadError(
                f"Batch file {self._path} is no CSV as this loader reads it ({error}): a header, "
                "texts in quotes without quotes or backslashes in them, and null. No STATE beyond "
                "it was passed on. Let its writer use jsonl."
            ) from None


class RowDecoder:
    """Decodes JSON lines into tuples in the order of the columns; a key that is absent is None."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._decode = None if _unnameable(columns) else _typed_decoder(columns)

    def rows(self, block: bytes) -> Iterable[tuple[Any, ...]]:
        """Decode a block of lines."""
        if self._decode is not None:
            try:
                return map(msgspec.structs.astuple, self._decode(block))
            except (msgspec.DecodeError, UnicodeError):
                # NaN, lone surrogates and nonsense get the stock target's answer below
                pass
        return self._rows_as_stock(block)

    def _rows_as_stock(self, block: bytes) -> Iterator[tuple[Any, ...]]:
        for line in block.split(b"\n"):
            record = deserialize_json(line)
            yield tuple(record.get(column) for column in self._columns)


def _unnameable(columns: Sequence[str]) -> bool:
    return any(UNNAMEABLE.intersection(column) for column in columns)


def _typed_decoder(columns: Sequence[str]) -> Callable[[bytes], list[Any]]:
    # measured on 300,000 relations: 0.9 s with COPY, against 2.9 s by json and 2.5 s by casting
    # raw lines in the server
    names = {f"c{position}": column for position, column in enumerate(columns)}
    row = msgspec.defstruct("Row", [(name, object, None) for name in names], rename=names, gc=False)
    return msgspec.json.Decoder(row, float_hook=Decimal).decode_lines
