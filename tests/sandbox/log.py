"""Every request the org saw, and which of them a read-only client may not send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.sandbox.soql import has_side_effect

if TYPE_CHECKING:
    from datetime import datetime

    from tests.sandbox.soql import Query

TOKEN_PATH = "/services/oauth2/token"
READS = re.compile(
    r"/services/data/(v\d+\.\d/(query|queryAll|query/[\w-]+|limits|sobjects"
    r"|sobjects/\w+/describe|sobjects/TaskRelation/deleted)?/?)?"
)


@dataclass
class Request:
    """One request, with its query where it had one."""

    method: str
    path: str
    at: datetime
    soql: str | None = None
    status: int = 0
    query: Query | None = None

    @property
    def endpoint(self) -> str:
        """The last part of the path: query, queryAll, token and so on."""
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def is_read(self) -> bool:
        """Whether a client that must change nothing may send this."""
        if self.method == "POST":
            return self.path == TOKEN_PATH
        allowed = self.method == "GET" and READS.fullmatch(self.path) is not None
        return allowed and not (self.soql and has_side_effect(self.soql))
