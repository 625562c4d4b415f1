"""The client of the org's process: org and bench share no interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Self

from tests.bench.errors import BenchError
from tests.support.checkout import ROOT

SECONDS_TO_STOP = 30


class Org:
    """One sandbox org in its own process, as a context manager."""

    def __init__(self, rows: int, latency_ms: float = 0) -> None:
        self.rows, self.latency_ms = rows, latency_ms
        # so many calls a day that no contender reaches its quota
        self._settings = {"rows": rows, "latency_ms": latency_ms, "api_max": 10_000_000}

    def __enter__(self) -> Self:
        """Start the process; it answers when its rows are made."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.org.server", json.dumps(self._settings)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C reaches the bench alone, which then ends it
        )
        self.url: str = self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        """Close its standard input, which ends it."""
        self._process.communicate(timeout=SECONDS_TO_STOP)

    def _ask(self, command: str, **arguments: object) -> Any:  # noqa: ANN401 - any JSON
        if self._process.stdin is None:
            raise BenchError("the org's process has no standard input")
        self._process.stdin.write(json.dumps([command, arguments]) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:  # noqa: ANN401 - any JSON
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise BenchError("the org's process has ended; its error is above")
        return json.loads(line)

    def settings(self) -> dict[str, Any]:
        """A tap's settings for this org."""
        found: dict[str, Any] = self._ask("settings")
        return found

    def token(self) -> dict[str, Any]:
        """The settings of a client with an access token."""
        found: dict[str, Any] = self._ask("token")
        return found

    def refresh(self) -> dict[str, Any]:
        """The settings of a client with a refresh token."""
        found: dict[str, Any] = self._ask("refresh")
        return found

    def fill(self, url: str) -> None:
        """Create and fill the parents' tables of a database."""
        self._ask("fill", url=url)

    def forget(self) -> None:
        """Begin a new run: clear the log and the counts."""
        self._ask("forget")

    def seen(self) -> dict[str, Any]:
        """The run's `first` request (seconds), `calls`, `encoded` pages and `violations`."""
        found: dict[str, Any] = self._ask("seen")
        return found

    def difference(self, url: str, *, deleted: bool = True) -> str | None:
        """How a database's relations differ from the org's, with or without deleted ones."""
        found: str | None = self._ask("difference", url=url, deleted=deleted)
        return found

    def borders(self, size: int) -> list[str]:
        """The last Id of every page."""
        found: list[str] = self._ask("borders", size=size)
        return found

    def change(self, count: int, seconds: float) -> None:
        """Change relations, then let time pass."""
        self._ask("change", count=count, seconds=seconds)
