"""Salesforce's two spellings of an Id: 15 and 18 characters."""

from __future__ import annotations

import re

_SHORT = 15
_CHECK_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_USER_ID = re.compile(r"005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?", re.ASCII)
_ORG_ID = re.compile(r"00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?", re.ASCII)


def long_id(record_id: str) -> str:
    """Give an Id's 18 characters: the last three say which of the 15 before are upper case."""
    short = record_id[:_SHORT]
    fives = (short[start : start + 5] for start in range(0, _SHORT, 5))
    return short + "".join(
        _CHECK_ALPHABET[sum(letter.isupper() << place for place, letter in enumerate(five))]
        for five in fives
    )


def user_id_of(identity_url: str) -> str | None:
    """Find the user's Id in the identity URL of a token answer."""
    found = [part for part in identity_url.split("/") if _USER_ID.fullmatch(part)]
    return long_id(found[0]) if found else None


def org_id_of(identity_url: str, access_token: str) -> str | None:
    """Find the org's Id in a token answer: in its identity URL, or before the token's `!`."""
    for part in (*identity_url.split("/"), access_token.partition("!")[0]):
        if _ORG_ID.fullmatch(part):
            return long_id(part)
    return None
