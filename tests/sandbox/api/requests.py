"""A request that the org received, and whether a read-only client may send it."""

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
    """One request, its query where it has one, and its answer.

    `at` is the org's time of its arrival, `connection` numbers the connections, `length` is the
    URI's in bytes, `fault` is the kind of fault that struck it, `rows` counts the records of the
    answer. The token is removed from `headers`.
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
        """Remove the token from the headers."""
        self.headers = {n: v for n, v in self.headers.items() if n != "authorization"}

    @property
    def endpoint(self) -> str:
        """The endpoint: token, versions, query, queryAll, more, describe, … or other."""
        for name, pattern in ENDPOINTS.items():
            if pattern.fullmatch(self.path):
                return name
        return "other"

    @property
    def violation(self) -> str | None:
        """Why a read-only client may not send this; None where it may."""
        if "_HttpMethod" in self.arguments:
            return "_HttpMethod overrides the method"
        if self.endpoint == "other":
            # a record's own path too: a GET of it writes the list of recently viewed records
            return f"{self.method} {self.path} is not an allowed path"
        if self.method != ("POST" if self.endpoint == "token" else "GET"):
            return f"{self.method} of {self.endpoint}"
        clause = side_effect(self.soql) if self.soql else None
        return f"{clause} in a query" if clause else None

    @property
    def is_read(self) -> bool:
        """Whether a read-only client may send this."""
        return self.violation is None
