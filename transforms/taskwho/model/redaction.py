"""Keeps secrets out of logs and errors, however somebody has spelled them."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "***"
# Shorter ones are words that a message may well hold, and no secrets. Lines of a key are longer.
_SHORTEST, _SHORTEST_LINE = 4, 16


class Redactor:
    """Takes secrets out of texts: as they are, percent-encoded, JSON- or HTML-escaped, any case."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        given = {part for secret in secrets if secret for part in _parts(secret)}
        found = {spelled for secret in given for spelled in _spellings(secret)}
        # the longest first: one may begin with another
        words = sorted(map(re.escape, found), key=len, reverse=True)
        self._pattern = re.compile("|".join(words), re.IGNORECASE) if words else None

    def clean(self, text: str) -> str:
        """The text without secrets."""
        return self._pattern.sub(HIDDEN, text) if self._pattern else text


def _parts(secret: str) -> Iterator[str]:
    """A secret, and each line of one that has several, as a key in PEM has."""
    if len(secret) >= _SHORTEST:
        yield secret
    lines = secret.split("\n")
    if len(lines) > 1:
        yield from (line for line in lines if len(line) >= _SHORTEST_LINE and "-----" not in line)


def _spellings(secret: str) -> Iterator[str]:
    encodings = (quote(secret, safe=""), quote(secret), quote_plus(secret), unquote(secret))
    escapes = (html.escape(secret), html.escape(secret).replace("&#x27;", "&#39;"))
    for spelled in (secret, *encodings, *escapes):
        yield spelled
        for ascii_only in (True, False):
            # a log is JSON, in which somebody may quote JSON
            once = json.dumps(spelled, ensure_ascii=ascii_only)[1:-1]
            yield from (once, once.replace("/", "\\/"), json.dumps(once)[1:-1])
