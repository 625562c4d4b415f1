"""Answers that are true, and trickle in or are much larger than they have to be."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.api.endpoints import Answer
    from tests.sandbox.faults.faults import Faults

PIECE = 1 << 20
CHUNKED = "Transfer-Encoding: chunked"


def pieces(kind: str, answer: Answer, date: str, faults: Faults) -> Iterator[bytes]:
    """Give what is sent, piece by piece; the filling means nothing in HTTP or JSON."""
    body, filling = answer.page.body, faults.trickled_bytes
    if kind == "oversized":
        filling = faults.oversize_bytes
        yield _head(answer, date, f"Content-Length: {filling + len(body)}")
        yield from (b" " * min(PIECE, filling - at) for at in range(0, filling, PIECE))
        yield body
    elif kind == "oversized_packed":
        packed = _packed(faults.oversize_bytes, body)
        yield _head(answer, date, "Content-Encoding: gzip", f"Content-Length: {len(packed)}")
        yield packed
    elif kind == "trickled_continues":
        yield from (b"HTTP/1.1 100 Continue\r\n\r\n" for _ in range(filling))
        yield _head(answer, date, f"Content-Length: {len(body)}") + body
    elif kind == "trickled_headers":
        head = _head(answer, date, f"Content-Length: {len(body)}", "X-Filling: ")
        yield head[:-4]
        yield from (b"x" for _ in range(filling))
        yield b"\r\n\r\n" + body
    elif kind == "trickled_body":
        yield _head(answer, date, f"Content-Length: {filling + len(body)}")
        yield from (b" " for _ in range(filling))
        yield body
    elif kind == "trickled_chunk":
        yield _head(answer, date, CHUNKED) + f"{filling + len(body):x}\r\n".encode()
        yield from (b" " for _ in range(filling))
        yield body + b"\r\n0\r\n\r\n"
    elif kind == "trickled_chunks":
        yield _head(answer, date, CHUNKED)
        yield from (b"1\r\n \r\n" for _ in range(filling))
        yield f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


def _head(answer: Answer, date: str, *headers: str) -> bytes:
    own = (f"{name}: {value}" for name, value in answer.headers.items())
    lines = [f"HTTP/1.1 {answer.status} Drawn Out", f"Date: {date}", *own, *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _packed(filling: int, body: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(b" " * min(PIECE, filling - at)) for at in range(0, filling, PIECE)]
    return b"".join([*parts, packer.compress(body), packer.flush()])
