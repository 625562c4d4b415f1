"""Blocks of neighbouring records, encoded and compressed once for all pages that show them.

A client that reads ranges of Ids in parallel ends them at other Ids on every run. Its pages are new
then, but most of their records are in blocks that an earlier page needed.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROWS = 250
_RAW = -zlib.MAX_WBITS  # deflate without the header and checksum of zlib
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"  # RFC 1952: fastest, no time, no system
_LAST_BLOCK = b"\x03\x00"  # RFC 1951: final, of fixed codes, empty


@dataclass(frozen=True)
class Piece:
    """Bytes of a body, plain and as whole blocks of deflate, which can follow any others."""

    body: bytes
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, body: bytes) -> Piece:
        """Compress bytes."""
        packer = zlib.compressobj(1, zlib.DEFLATED, _RAW)
        return cls(body, packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH))


COMMA, END = Piece.of(b","), Piece.of(b"]}")


def gzipped(pieces: Sequence[Piece]) -> bytes:
    """Make one gzip member of pieces."""
    body = b"".join(piece.body for piece in pieces)
    trailer = struct.pack("<II", zlib.crc32(body), len(body))
    return b"".join([_GZIP_HEADER, *(p.packed for p in pieces), _LAST_BLOCK, trailer])


class Blocks:
    """The blocks made so far; `made` counts them."""

    def __init__(self) -> None:
        self._kept: dict[object, Piece] = {}
        self.made = 0

    def between(
        self, start: int, end: int, of: object, encode: Callable[[int, int], bytes]
    ) -> Iterator[Piece]:
        """The pieces for the records from `start` to `end` of the list named `of`.

        `encode` encodes records without the brackets around them.
        """
        while start < end:
            stop = min(end, (start // ROWS + 1) * ROWS)
            if stop - start < ROWS:
                yield Piece.of(encode(start, stop))
            else:
                if (of, start) not in self._kept:
                    self._kept[of, start] = Piece.of(encode(start, stop))
                    self.made += 1
                yield self._kept[of, start]
            start = stop
            if start < end:
                yield COMMA
