"""A body, unpacked piece by piece: it cannot grow over its bound, however well it was packed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE = 1 << 20
# zlib finds out by itself whether a gzip or a zlib header comes.
_EITHER_HEADER = zlib.MAX_WBITS | 32
_PLAIN = {"", "identity"}
_PACKED = {"gzip", "x-gzip", "deflate"}


class TooLarge(Exception):  # noqa: N818 -- it says what happened
    """An answer has more bytes than the bound."""


class NotUnpacked(Exception):  # noqa: N818 -- as above
    """An answer is not packed in the way that its header names."""


def unpacked(pieces: Iterable[bytes], encoding: str, *, most: int) -> bytes:
    """Join and unpack a body; raises TooLarge over `most` bytes, and NotUnpacked."""
    name = encoding.strip().lower()
    if name not in _PLAIN | _PACKED:
        raise NotUnpacked
    found, size = [], 0
    for piece in pieces if name in _PLAIN else _inflated(pieces):
        size += len(piece)
        if size > most:
            raise TooLarge
        found.append(piece)
    return b"".join(found)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack by a megabyte at most at a time; gzip may consist of several members."""
    inflater = zlib.decompressobj(_EITHER_HEADER)
    is_begun = False
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if inflater.eof:
                    inflater = zlib.decompressobj(_EITHER_HEADER)
                is_begun = True
                yield inflater.decompress(rest, _PIECE)
                rest = inflater.unused_data or inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise NotUnpacked from error
    if is_begun and not inflater.eof:
        raise NotUnpacked
