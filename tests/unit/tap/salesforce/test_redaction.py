"""Other people's words, without our secrets."""

from __future__ import annotations

from tap_salesforce_taskwho.salesforce.redaction import Redactor


def test_secrets_are_taken_out_also_as_a_form_spells_them() -> None:
    redactor = Redactor()
    redactor.hide("s3cret/+key", None, "")
    assert redactor.clean("bad s3cret/+key, s3cret%2F%2Bkey") == "bad ***, ***"


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
