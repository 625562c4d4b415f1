"""A stream's state: a bookmark, and the window that is open while one is being read."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from singer_sdk.streams._state import StreamStateManager

from tap_salesforce_taskwho.config.values import read_moment
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.pagination.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

REPLICATION_KEY = "SystemModstamp"
FURTHEST_AHEAD = timedelta(minutes=5)
SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", re.ASCII)
START_OVER = "Run once with another state, or without one (meltano: --full-refresh), to start over."


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Up to when everything was read, what is half read, and where: which org and endpoint."""

    value: datetime | None = None
    window: Window | None = None
    org_id: str | None = None
    endpoint: str | None = None
    replication_key: str = REPLICATION_KEY

    @classmethod
    def from_state(cls, stream: str, state: Mapping[str, Any]) -> Bookmark:
        """Read a stream's entry of a STATE message; raises UserError for what cannot be one."""
        where = f"The state of {stream}"
        return cls(
            value=_moment(f"{where} has replication_key_value", state.get("replication_key_value")),
            window=_window(where, state.get("window")),
            org_id=_text(f"{where} has org_id", state.get("org_id")),
            endpoint=_text(f"{where} has endpoint", state.get("endpoint")),
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

    def reading(self, window: Window, *, org_id: str | None, endpoint: str) -> Bookmark:
        """Give the state in which this window is open."""
        return Bookmark(value=self.value, window=window, org_id=org_id, endpoint=endpoint)

    def complete(self, end: datetime) -> Bookmark:
        """Give the state in which everything before `end` has been read."""
        return replace(self, value=end, window=None)

    def check_org(self, stream: str, org_id: str | None) -> None:
        """Refuse the state of another org, whose rows and times are others."""
        if self.org_id and org_id and self.org_id[:15] != org_id[:15]:
            raise UserError(
                f"The state of {stream} belongs to org {self.org_id}, and the login is for org "
                f"{org_id}: going on would leave rows out. Log in to the first org, or give this "
                f"org a state of its own (meltano: --state-id-suffix). {START_OVER}"
            )

    def check_clock(self, stream: str, server_now: datetime) -> None:
        """Refuse a bookmark from the future, which would leave out every row until then."""
        ends = [self.value, self.window.end if self.window else None]
        latest = max((end for end in ends if end is not None), default=server_now)
        if latest > server_now + FURTHEST_AHEAD:
            raise UserError(
                f"The state of {stream} says that everything before {written(latest)} was read, "
                f"and the org's clock shows {written(server_now)}: the bookmark is wrong, and "
                "rows would be left out. Run once with mode full, which sets it again."
            )

    def check_endpoint(self, stream: str, endpoint: str) -> None:
        """Refuse to go on through another endpoint, which shows other rows of the past."""
        if self.endpoint and self.endpoint != endpoint and (self.value or self.window):
            raise UserError(
                f"The state of {stream} was made through {self.endpoint}, and this run reads "
                f"through {endpoint} (include_deleted was changed, or the org answers otherwise): "
                "deleted rows of the past would be missing or stay. Run once with mode full."
            )


class WindowState(StreamStateManager):
    """Keeps the SDK's own bookkeeping away: only whole pages and whole windows move a state."""

    def read(self) -> Bookmark:
        """Give this stream's bookmark; raises UserError where the state holds something else."""
        entry = self.tap_state.get("bookmarks", {}).get(self.stream_name) or {}
        return Bookmark.from_state(self.stream_name, entry)

    def write(self, bookmark: Bookmark) -> None:
        """Set this stream's bookmark, for the next STATE message."""
        self.tap_state.setdefault("bookmarks", {})[self.stream_name] = bookmark.to_state()
        self.is_flushed = False

    @property
    def stream_state(self) -> dict[str, Any]:
        """A copy: what the SDK writes into it reaches no STATE, and none is made by looking."""
        return copy.deepcopy(self.tap_state.get("bookmarks", {}).get(self.stream_name) or {})

    def get_context_state(self, context: object) -> dict[str, Any]:  # noqa: ARG002
        """Give the same copy: these streams have no partitions."""
        return self.stream_state

    def get_state_partitions(self) -> None:
        """Give none: these streams have no partitions."""

    def increment_state(self, *_args: object, **_kwargs: object) -> None:
        """Do nothing: rows come by Id, so none says up to when everything was read."""

    def write_starting_replication_value(self, *_args: object, **_kwargs: object) -> None:
        """Do nothing: where a window starts is computed when it is opened."""

    def write_replication_key_signpost(self, *_args: object, **_kwargs: object) -> None:
        """Do nothing: the SDK's signpost is this machine's clock."""

    def finalize_state(self, state: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Let the last state be written once more, as it is."""
        self.is_flushed = False


def written(at: datetime | None) -> str | None:
    """Write a moment as states and the journal hold it, in UTC."""
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _moment(what: str, value: object) -> datetime | None:
    if value is None or value == "":
        return None
    read = read_moment(value)
    if read is None:
        raise UserError(f"{what} {value!r}, which is no datetime. {START_OVER}")
    return read


def _text(what: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise UserError(f"{what} {value!r}, which is no text. {START_OVER}")


def _window(where: str, value: object) -> Window | None:
    if not value:
        return None
    if not isinstance(value, dict):
        raise UserError(f"{where} has window {value!r}, which is no window. {START_OVER}")
    end = _moment(f"{where} has window.to", value.get("to"))
    after_id = _text(f"{where} has window.after_id", value.get("after_id"))
    if after_id is not None and not SALESFORCE_ID.fullmatch(after_id):
        raise UserError(f"{where} has window.after_id {after_id!r}, which is no Id. {START_OVER}")
    if end is None:
        return None
    start = _moment(f"{where} has window.from", value.get("from"))
    return Window(start=start, end=end, after_id=after_id, resumed=True)
