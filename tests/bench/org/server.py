"""The sandbox org in a process of its own: answers HTTP, and takes orders on its standard input.

`python -m tests.bench.org.server '{"rows": 20000}'` prints a line of JSON for every order.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

import psycopg

from tests.sandbox import Sandbox
from tests.support.seed_tables import create_parents, fill_parents
from tests.support.truth import first_difference


class Orders:
    """What the bench may ask of its org."""

    def __init__(self, org: Sandbox) -> None:
        self.org = org
        self._used, self._encoded = org.api_used, org.pages.encoded

    def settings(self) -> dict[str, Any]:
        """A tap's settings."""
        return self.org.settings()

    def token(self) -> dict[str, Any]:
        """The settings of a client that logs in by a token of its own."""
        return self.org.settings("access_token")

    def refresh(self) -> dict[str, Any]:
        """The settings of a client that has a refresh token."""
        return self.org.settings("refresh_token")

    def fill(self, url: str) -> None:
        """Make and fill the parents' tables of a database."""
        with psycopg.connect(url, autocommit=True) as connection:
            create_parents(connection)
            fill_parents(connection, self.org.parents())
            connection.execute("vacuum analyze")

    def forget(self) -> None:
        """Begin a new run: the log and the count of calls are empty."""
        self.org.requests.clear()
        self._used, self._encoded = self.org.api_used, self.org.pages.encoded

    def seen(self) -> dict[str, Any]:
        """When the first request came, by this machine's clock; calls, new pages and sins since."""
        first = self.org.requests[0].at - self.org.offset
        return {
            "first": first.timestamp(),
            "calls": self.org.api_used - self._used,
            "encoded": self.org.pages.encoded - self._encoded,
            "violations": [request.violation for request in self.org.violations()],
        }

    def difference(self, url: str, *, deleted: bool) -> str | None:
        """Compare a database's relations with the truth, row by row."""
        with psycopg.connect(url) as connection:
            return first_difference(self.org, connection, deleted=deleted)

    def borders(self, size: int) -> list[str]:
        """The last Id of every page of the whole org."""
        order = self.org.tables["TaskWhoRelation"].order
        return [*order[size - 1 : -1 : size], order[-1]]

    def change(self, count: int, seconds: float) -> None:
        """Change so many relations; some time goes by afterwards."""
        self.org.update(count)
        self.org.advance_clock(seconds)


def main() -> None:
    """Serve until the orders end."""
    with Sandbox(**json.loads(sys.argv[1])) as org:
        gc.collect()
        gc.freeze()  # millions of tuples that no collection need look at again
        orders = Orders(org)
        _say(org.url)
        for line in sys.stdin:
            name, arguments = json.loads(line)
            _say(getattr(orders, name)(**arguments))


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
