"""Keeps the secrets of the config out of everything that people read."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HIDDEN = "***"
SECRETS = ("password", "ssl_client_private_key")
TUNNEL_SECRETS = ("private_key", "private_key_password")
PASSWORD = re.compile(r"^[^:/?#]+://[^:@/]*:(?P<password>.*)@")
QUERY_PASSWORD = re.compile(r"[?&]password=(?P<password>[^&#]*)")


def redact(text: str, config: Mapping[str, Any]) -> str:
    """Hide every secret of the config wherever it stands, in any case.

    It may be as written, percent-encoded, JSON- or HTML-escaped.
    """
    spelled = {word for secret in _secrets(config) for word in _spellings(secret)}
    # the longest first: one may begin with another
    words = "|".join(sorted(map(re.escape, spelled), key=len, reverse=True))
    return re.sub(words, HIDDEN, text, flags=re.IGNORECASE) if words else text


def _spellings(secret: str) -> Iterator[str]:
    for encoded in (secret, quote(secret, safe=""), quote_plus(secret), unquote(secret)):
        for escaped in (encoded, html.escape(encoded)):
            yield from (escaped, json.dumps(escaped)[1:-1])
            yield json.dumps(escaped, ensure_ascii=False)[1:-1]


def _secrets(config: Mapping[str, Any]) -> Iterator[str]:
    url = str(config.get("sqlalchemy_url") or "")
    for pattern in (PASSWORD, QUERY_PASSWORD):
        if (found := pattern.search(url)) and found["password"]:
            yield found["password"]
            yield url
    tunnel = config.get("ssh_tunnel") or {}
    given = [config.get(name) for name in SECRETS] + [tunnel.get(name) for name in TUNNEL_SECRETS]
    yield from (value for value in given if isinstance(value, str) and value)
