"""Keeps secrets out of what a server says, before it reaches a log or an error."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

# INVALID_FIELD repeats the whole query and says at its end what is wrong.
_HEAD, _TAIL = 100, 200
# Shorter secrets are words that a message may well hold, such as a user's first name.
_SHORTEST_SECRET = 4
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Redactor:
    """Knows the secrets of a run and takes them out of texts."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def hide(self, *secrets: str | None) -> None:
        """Take these out from now on."""
        given = {secret for secret in secrets if secret and len(secret) >= _SHORTEST_SECRET}
        known = given | {quote_plus(secret, errors="replace") for secret in given}
        self._secrets = self._secrets | known  # a new set: other threads may be reading the old

    def clean(self, said: object) -> str:
        """Give a text as one line of about 300 characters at most, without secrets."""
        text = str(said)
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "***")
        text = _UNPRINTABLE.sub(" ", text).strip()
        if len(text) <= _HEAD + _TAIL:
            return text
        return f"{text[:_HEAD]} … {text[-_TAIL:]}"
