"""Keeps the state in the database, each time the loader passes one on."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import psycopg

from taskwho.database import bookmarks
from taskwho.database.connection import connect
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.running import BOOKMARK_NOT_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Self

_LAST_TRIES = 3
_SECONDS_BETWEEN_TRIES = 1.0


class BookmarkKeeper:
    """A context manager with a connection of its own; the state of one pair.

    Where a state cannot be written, the next one is tried with a new connection, and the last one
    is tried again at the end.
    """

    def __init__(self, url: str, state_id: str, streams: Collection[str]) -> None:
        self._url, self._state_id, self._streams = url, state_id, streams
        self._connection: psycopg.Connection[Any] | None = None
        self._unwritten: dict[str, Any] | None = None
        self._said = ""

    def __enter__(self) -> Self:
        """Nothing: the connection is made when it is needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._close()

    def given(self) -> dict[str, Any]:
        """The state that the tap starts from."""
        return bookmarks.starting_state(self._connected(), self._state_id, self._streams)

    def take(self, line: str) -> None:
        """Keep a STATE; one that is empty or no JSON changes nothing, as with Meltano."""
        try:
            state = json.loads(line)
        except ValueError:
            return
        if state:
            self._unwritten = state
            self._try()

    def finish(self) -> None:
        """Make sure that the last state is written, or raise TaskwhoError."""
        for _ in range(_LAST_TRIES):
            if self._unwritten is None:
                return
            time.sleep(_SECONDS_BETWEEN_TRIES)
            self._try()
        if self._unwritten is not None:
            raise TaskwhoError(BOOKMARK_NOT_WRITTEN, name=self._state_id, said=self._said)

    def _try(self) -> None:
        if self._unwritten is None:
            return
        try:
            bookmarks.write_singer_state(self._connected(), self._state_id, self._unwritten)
        except (psycopg.Error, TaskwhoError) as error:
            self._said = " ".join(str(error).split()).rstrip(".")
            self._close()
        else:
            self._unwritten = None

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = connect(self._url, "taskwho state")
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
