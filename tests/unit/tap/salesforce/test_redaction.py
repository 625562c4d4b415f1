"""Other people's words, without our secrets."""

from __future__ import annotations

import html
import json
import struct
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tap_salesforce_taskwho.salesforce.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable


def test_secrets_are_taken_out_also_as_a_form_spells_them() -> None:
    redactor = Redactor()
    redactor.hide("s3cret/+key", None, "")
    assert redactor.clean("bad s3cret/+key, s3cret%2F%2Bkey") == "bad ***, ***"


SECRET = "S3cret/+key & <\"Zoë'\\> =😀"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "form": quote_plus,
    "URL": lambda text: quote(text, safe=""),
    "URL in lower case": lambda text: quote(text, safe="").lower(),
    "URL, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "every byte": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON as it is": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON with slashes": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON, twice": lambda text: json.dumps(json.dumps(text))[3:-3],
    "every JSON escape": lambda text: "".join(
        f"\\u{unit:04X}" for unit in struct.unpack(f">{len(text) + 1}H", text.encode("utf-16-be"))
    ),
    "HTML": html.escape,
    "decimal HTML": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "long HTML": lambda text: "".join(f"&#x{ord(char):06X};" for char in text),
    "named HTML": lambda text: html.escape(text).replace("/", "&sol;").replace("+", "&plus;"),
    "upper case": str.upper,
    "lower case": str.lower,
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_secret_is_taken_out_however_it_is_spelled(name: str) -> None:
    redactor = Redactor()
    redactor.hide(SECRET)
    assert redactor.clean(f"you sent <{SPELLINGS[name](SECRET)}>!") == "you sent <***>!"


@given(secret=st.text(min_size=4, max_size=40), name=st.sampled_from(["form", "JSON", "HTML"]))
def test_any_secret_is_taken_out(secret: str, name: str) -> None:
    assume(not any("\ud800" <= char <= "\udfff" for char in secret))
    redactor = Redactor()
    redactor.hide(secret)
    assert redactor.clean(f"<{SPELLINGS[name](secret)}>") == "<***>"


def test_long_texts_take_no_long_time() -> None:
    redactor = Redactor()
    redactor.hide("%25" * 300, "\\" * 300, "a" * 2_000, "&amp;" * 100)
    for text in ("%25" * 3_000, "\\" * 9_000, "&amp;" * 1_900, "a" * 9_000):
        assert redactor.clean(text).startswith("***")
    assert redactor.clean("a" * 9_000_000) == "a text of 9,000,000 characters"


def test_a_secret_within_another_leaves_nothing_of_the_longer_one() -> None:
    redactor = Redactor()
    redactor.hide("abcd", "abcdefgh")
    assert redactor.clean("abcdefgh") == "***"


def test_words_come_in_one_printable_line() -> None:
    assert Redactor().clean("a\r\nERROR b\x1b[2J\ud800\x00") == "a ERROR b [2J"


def test_long_texts_lose_their_middle() -> None:
    cleaned = Redactor().clean("a" * 500 + "z" * 500)
    assert len(cleaned) < 310
    assert cleaned.startswith("aaa")
    assert cleaned.endswith("zzz")
