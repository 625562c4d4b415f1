"""Every request the org saw, and which of them a read-only client may not send."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.sandbox.queries.soql import side_effect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tests.sandbox.queries.soql import Query

TOKEN_PATH = "/services/oauth2/token"
ROOT = r"/services/data(?:/v\d+\.\d)?"
ENDPOINTS = {
    "token": re.compile(TOKEN_PATH),
    "versions": re.compile(r"/services/data/?"),
    "resources": re.compile(ROOT + "/?"),
    "query": re.compile(ROOT + "/query/?"),
    "queryAll": re.compile(ROOT + "/queryAll/?"),
    "more": re.compile(ROOT + r"/query(?:All)?/(?P<locator>[\w-]+)"),
    "limits": re.compile(ROOT + "/limits/?"),
    "sobjects": re.compile(ROOT + "/sobjects/?"),
    "describe": re.compile(ROOT + r"/sobjects/(?P<sobject>\w+)/describe/?"),
    "deleted": re.compile(ROOT + "/sobjects/TaskRelation/deleted/?"),
}


@dataclass
class Request:
    """One request, with its query where it had one, and what became of it.

    `at` is the org's clock at its arrival, `connection` tells connections apart, `length` is that
    of the URI, `fault` the kind of fault that struck it, `rows` the records it was given. The
    token of its headers is not kept.
    """

    method: str
    path: str
    at: datetime
    soql: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    connection: int = 0
    length: int = 0
    status: int = 0
    query: Query | None = None
    fault: str | None = None
    rows: int = 0

    def forget_token(self) -> None:
        """Let go of the secret among the headers."""
        self.headers = {n: v for n, v in self.headers.items() if n != "authorization"}

    @property
    def endpoint(self) -> str:
        """What was asked: token, versions, query, queryAll, more, describe, … or other."""
        for name, pattern in ENDPOINTS.items():
            if pattern.fullmatch(self.path):
                return name
        return "other"

    @property
    def violation(self) -> str | None:
        """What a client that must change nothing did wrong by sending this."""
        if "_HttpMethod" in self.arguments:
            return "_HttpMethod overrides the method"
        if self.endpoint == "other":
            # also a record's own page: reading it writes the list of recently viewed ones
            return f"{self.method} {self.path} is no path that is allowed"
        if self.method != ("POST" if self.endpoint == "token" else "GET"):
            return f"{self.method} of {self.endpoint}"
        clause = side_effect(self.soql) if self.soql else None
        return f"{clause} in a query" if clause else None

    @property
    def is_read(self) -> bool:
        """Whether a client that must change nothing may send this."""
        return self.violation is None
