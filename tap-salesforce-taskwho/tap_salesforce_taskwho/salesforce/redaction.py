"""Keeps secrets out of what a server says, before it reaches a log or an error."""

from __future__ import annotations

import re

from tap_salesforce_taskwho.salesforce.spellings import Reading, fold, readings

# INVALID_FIELD repeats the whole query and says at its end what is wrong.
_HEAD, _TAIL = 100, 200
# No error is so long; its parts are not worth looking through.
_LONGEST = 10_000
# Shorter secrets are words that a message may well hold, such as a user's first name.
_SHORTEST_SECRET = 4
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Redactor:
    """Knows the secrets of a run and takes them out of texts."""

    def __init__(self) -> None:
        self._secrets: frozenset[str] = frozenset()

    def hide(self, *secrets: str | None) -> None:
        """Take these out from now on."""
        given = {secret for secret in secrets if secret and len(secret) >= _SHORTEST_SECRET}
        self._secrets |= given  # a new set: other threads may be reading the old

    def clean(self, said: object) -> str:
        """Give a text as one line of about 300 characters at most, without secrets.

        A secret is found in any case, and as URLs, JSON and HTML spell it.
        """
        text = str(said)
        if len(text) > _LONGEST:
            return f"a text of {len(text):,} characters"
        text = _UNPRINTABLE.sub(" ", self._without_secrets(text)).strip()
        if len(text) <= _HEAD + _TAIL:
            return text
        return f"{text[:_HEAD]} … {text[-_TAIL:]}"

    def _without_secrets(self, text: str) -> str:
        hidden = bytearray(len(text))
        secrets = [fold(secret) for secret in self._secrets]
        for reading in readings(text) if secrets else ():
            folded = fold(reading.text)
            for secret in secrets:
                _mark(hidden, reading, folded, secret)
        parts, end = [], 0
        for found in re.finditer(b"\1+", hidden):
            parts += [text[end : found.start()], "***"]
            end = found.end()
        return "".join([*parts, text[end:]])


def _mark(hidden: bytearray, reading: Reading, folded: str, secret: str) -> None:
    """Mark the characters that spell a secret."""
    at = folded.find(secret)
    while at >= 0:
        start, end = reading.starts[at], reading.ends[at + len(secret) - 1]
        hidden[start:end] = b"\1" * (end - start)
        at = folded.find(secret, at + 1)
