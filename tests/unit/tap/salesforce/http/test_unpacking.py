"""Bodies that are unpacked, and their bound."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tap_salesforce_taskwho.salesforce.http.unpacking import NotUnpacked, TooLarge, unpacked

MEGABYTE = 1 << 20


@given(body=st.binary(max_size=5_000), size=st.integers(1, 700), members=st.integers(1, 3))
def test_a_body_is_what_was_packed_however_it_comes(body: bytes, size: int, members: int) -> None:
    packed = gzip.compress(body, mtime=0) * members
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked(pieces, "gzip", most=MEGABYTE) == body * members
    assert unpacked([zlib.compress(body)], "deflate", most=MEGABYTE) == body
    assert unpacked([body], "", most=MEGABYTE) == body


@pytest.mark.parametrize("encoding", ["gzip", "identity", " GZIP "])
def test_a_body_over_the_bound_is_refused_and_one_of_the_bound_is_not(encoding: str) -> None:
    def pieces(size: int) -> list[bytes]:
        body = bytes(size)
        return [body if encoding == "identity" else gzip.compress(body, mtime=0)]

    assert len(unpacked(pieces(3 * MEGABYTE), encoding, most=3 * MEGABYTE)) == 3 * MEGABYTE
    with pytest.raises(TooLarge):
        unpacked(pieces(3 * MEGABYTE + 1), encoding, most=3 * MEGABYTE)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"{}", "gzip"),
        (gzip.compress(b"{}" * 500, mtime=0)[:-9], "gzip"),
        (gzip.compress(b"{}", mtime=0) + b"more", "gzip"),
        (b"{}", "br"),
        (b"{}", "gzip, gzip"),
    ],
)
def test_a_body_that_is_not_packed_as_its_header_says_is_refused(
    body: bytes, encoding: str
) -> None:
    with pytest.raises(NotUnpacked):
        unpacked([body], encoding, most=MEGABYTE)


def test_an_empty_body_may_say_that_it_is_packed() -> None:
    assert unpacked([], "gzip", most=MEGABYTE) == b""
