"""A secret is not found in a text, however somebody has spelled it."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from tap_salesforce_taskwho.config.settings import SETTINGS
from taskwho.model.redaction import Redactor
from taskwho.model.salesforce_settings import SECRETS

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "p4ss w/rd<&>'\"\\%üñ日+="
SPELLED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded but for slashes": quote,
    "as a form": quote_plus,
    "in JSON": json.dumps,
    "in JSON with its own letters": lambda text: json.dumps(text, ensure_ascii=False),
    "in JSON in JSON": lambda text: json.dumps(json.dumps(text)[1:-1]),
    "in HTML": html.escape,
    "in HTML in JSON": lambda text: json.dumps(html.escape(text)),
    "percent-encoded in JSON": lambda text: json.dumps(quote(text, safe="")),
}


@pytest.mark.parametrize("spelled", SPELLED.values(), ids=SPELLED)
@pytest.mark.parametrize("case", [str, str.upper, str.lower, str.swapcase])
def test_a_secret_is_hidden_however_it_is_spelled(
    spelled: Callable[[str], str], case: Callable[[str], str]
) -> None:
    text = f"the server said {case(spelled(SECRET)).strip(chr(34))} and more"
    assert Redactor([SECRET]).clean(text) == "the server said *** and more"


def test_each_line_of_a_key_is_hidden_and_its_head_is_not() -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w\nAoIBAQC7VJTUt9Us8cKj\n-----END"
    text = "-----BEGIN PRIVATE KEY----- AoIBAQC7VJTUt9Us8cKj"
    assert Redactor([key]).clean(text) == "-----BEGIN PRIVATE KEY----- ***"


def test_short_words_and_nothing_stay() -> None:
    assert Redactor(["is", "", None]).clean("This is it.") == "This is it."


def test_the_tap_declares_them_secret() -> None:
    declared = {setting.name for setting in SETTINGS if setting.secret}
    # names, by which nobody gets in
    assert set(SECRETS) == declared - {"client_id", "username"}
