"""The sandbox org in a process of its own: serves HTTP, and commands on its standard input.

`python -m tests.bench.org.server '{"rows": 20000}'` answers each command with a line of JSON.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

import psycopg

from tests.sandbox import Sandbox
from tests.support.comparing.truth import first_difference
from tests.support.postgresql import query
from tests.support.seed_tables import load_parents


class Commands:
    """The commands that the bench may send."""

    def __init__(self, org: Sandbox) -> None:
        self.org = org
        self._used, self._encoded = org.api_used, org.pages.encoded

    def settings(self) -> dict[str, Any]:
        """A tap's settings."""
        return self.org.settings()

    def token(self) -> dict[str, Any]:
        """The settings of a client with an access token."""
        return self.org.settings("access_token")

    def refresh(self) -> dict[str, Any]:
        """The settings of a client with a refresh token."""
        return self.org.settings("refresh_token")

    def fill(self, url: str) -> None:
        """Create and fill the parents' tables of a database."""
        load_parents(url, self.org)
        query(url, "vacuum analyze")

    def forget(self) -> None:
        """Begin a new run: clear the log and the counts."""
        self.org.requests.clear()
        self._used, self._encoded = self.org.api_used, self.org.pages.encoded

    def seen(self) -> dict[str, Any]:
        """The first request's time by this machine's clock, and calls, new pages and violations."""
        first = self.org.requests[0].at - self.org.offset
        return {
            "first": first.timestamp(),
            "calls": self.org.api_used - self._used,
            "encoded": self.org.pages.encoded - self._encoded,
            "violations": [request.violation for request in self.org.violations()],
        }

    def difference(self, url: str, *, deleted: bool) -> str | None:
        """Compare a database's relations with the org's, row by row."""
        with psycopg.connect(url) as connection:
            return first_difference(self.org, connection, deleted=deleted)

    def borders(self, size: int) -> list[str]:
        """The last Id of every page of the whole org."""
        order = self.org.tables["TaskWhoRelation"].order
        return [*order[size - 1 : -1 : size], order[-1]]

    def change(self, count: int, seconds: float) -> None:
        """Change so many relations, then let time pass."""
        self.org.update(count)
        self.org.advance_clock(seconds)


def main() -> None:
    """Serve until the standard input ends."""
    with Sandbox(**json.loads(sys.argv[1])) as org:
        gc.collect()
        gc.freeze()  # no collection has to look at the millions of tuples again
        commands = Commands(org)
        _say(org.url)
        for line in sys.stdin:
            name, arguments = json.loads(line)
            _say(getattr(commands, name)(**arguments))


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
