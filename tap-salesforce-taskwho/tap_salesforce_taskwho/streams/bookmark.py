"""A stream's entry in the state: its bookmark, and the window that is open while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.values import parse_datetime
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.state import (
    BOOKMARK_IN_THE_FUTURE,
    ENDPOINT_CHANGED,
    STATE_OF_ANOTHER_ORG,
    STATE_VALUE_WRONG,
)
from tap_salesforce_taskwho.pagination.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

REPLICATION_KEY = "SystemModstamp"
# singer-python's bookmarks hold the value by its key's name (github.com/singer-io/singer-python)
VALUES = ("replication_key_value", REPLICATION_KEY, "starting_replication_value")
REPLICATION_KEYS = (REPLICATION_KEY, "deletedDate")
FURTHEST_AHEAD = timedelta(minutes=5)
SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Everything before `value` has been read, and the open `window` up to its `after_id`.

    `org_id` and `endpoint` say where.
    """

    value: datetime | None = None
    window: Window | None = None
    org_id: str | None = None
    endpoint: str | None = None
    replication_key: str = REPLICATION_KEY

    @classmethod
    def from_state(cls, stream: str, state: Mapping[str, Any]) -> Bookmark:
        """Read a stream's entry; raises UserError for a value that cannot be one.

        Older tools keep the value under the name of the replication key, and the SDK keeps the one
        that an interrupted run began from.
        """
        _check_keys(stream, state)
        given = [state.get(name) for name in VALUES]
        value = next((each for each in given if each not in (None, "")), None)
        return cls(
            value=_datetime(stream, "replication_key_value", value),
            window=_window(stream, state.get("window")),
            org_id=_text(stream, "org_id", state.get("org_id")),
            endpoint=_text(stream, "endpoint", state.get("endpoint")),
        )

    def to_state(self) -> dict[str, Any]:
        """Write all keys always: Meltano merges states, and never removes a key."""
        window = self.window
        return {
            "replication_key": self.replication_key,
            "replication_key_value": written(self.value),
            "window": {
                "from": written(window.start) if window else None,
                "to": written(window.end) if window else None,
                "after_id": window.after_id if window else None,
            },
            "org_id": self.org_id,
            "endpoint": self.endpoint,
        }

    def opened(self, window: Window, *, org_id: str | None, endpoint: str) -> Bookmark:
        """Give the entry in which this window is open."""
        return Bookmark(value=self.value, window=window, org_id=org_id, endpoint=endpoint)

    def completed(self, end: datetime) -> Bookmark:
        """Give the entry in which everything before `end` has been read."""
        return replace(self, value=end, window=None)

    def check_org(self, stream: str, org_id: str | None) -> None:
        """Refuse the state of another org, which has other rows and other times."""
        if self.org_id and org_id and self.org_id[:15] != org_id[:15]:
            raise UserError(STATE_OF_ANOTHER_ORG, stream=stream, org=self.org_id, other=org_id)

    def check_clock(self, stream: str, server_now: datetime) -> None:
        """Refuse a bookmark in the future, which would leave out every row until then."""
        ends = [self.value, self.window.end if self.window else None]
        latest = max((end for end in ends if end is not None), default=server_now)
        if latest > server_now + FURTHEST_AHEAD:
            raise UserError(
                BOOKMARK_IN_THE_FUTURE,
                stream=stream,
                bookmark=written(latest),
                now=written(server_now),
            )

    def check_endpoint(self, stream: str, endpoint: str) -> None:
        """Refuse to go on through another endpoint, which shows other rows of the past."""
        if self.endpoint and self.endpoint != endpoint and (self.value or self.window):
            raise UserError(ENDPOINT_CHANGED, stream=stream, endpoint=self.endpoint, other=endpoint)


def written(at: datetime | None) -> str | None:
    """Write a datetime as state and journal hold it, in UTC."""
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _check_keys(stream: str, state: Mapping[str, Any]) -> None:
    """Refuse the entry of another tap that has a stream of this name."""
    key = state.get("replication_key")
    if key and key not in REPLICATION_KEYS:
        raise _wrong(stream, "replication_key", key, " or ".join(REPLICATION_KEYS))
    if state and not state.keys() & {*VALUES, *Bookmark().to_state()}:
        raise _wrong(stream, "only", ", ".join(state), "what this tap writes")


def _datetime(stream: str, key: str, value: object) -> datetime | None:
    if value is None or value == "":
        return None
    read = parse_datetime(value)
    if read is None:
        raise _wrong(stream, key, value, "a datetime")
    return read


def _text(stream: str, key: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise _wrong(stream, key, value, "text")


def _window(stream: str, value: object) -> Window | None:
    if not value:
        return None
    if not isinstance(value, dict):
        raise _wrong(stream, "window", value, "an object")
    end = _datetime(stream, "window.to", value.get("to"))
    after_id = _text(stream, "window.after_id", value.get("after_id"))
    if after_id is not None and not SALESFORCE_ID.fullmatch(after_id):
        raise _wrong(stream, "window.after_id", after_id, "an Id")
    if end is None:
        return None
    start = _datetime(stream, "window.from", value.get("from"))
    return Window(start=start, end=end, after_id=after_id, resumed=True)


def _wrong(stream: str, key: str, value: object, expected: str) -> UserError:
    return UserError(STATE_VALUE_WRONG, stream=stream, key=key, value=value, expected=expected)
