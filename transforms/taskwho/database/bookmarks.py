"""`taskwho.bookmarks`: the state of each pair, in the database that holds its rows.

A restored, copied or new database has the bookmark that its rows deserve. The shape is Meltano's: a
completed state, and a partial one that is merged onto it when a run reads.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.types.json import Jsonb

from taskwho.database.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


State = dict[str, Any]
# Meltano wraps the value of a STATE message in this key.
SINGER_STATE = "singer_state"
_NO_PATTERN = "*"
_SHORT_ID = 15


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The state of one pair of tap and loader; both parts are in Meltano's shape."""

    state_id: str
    completed: State | None
    partial: State | None

    @property
    def singer_state(self) -> State:
        """The value that the tap starts from: the partial state merged onto the completed one."""
        merged = merge(self.partial or {}, self.completed or {})
        state: State = merged.get(SINGER_STATE) or {}
        return state


def read(
    conn: psycopg.Connection[Any], state_id: str, *, begins_run: bool = True
) -> Bookmark | None:
    """The bookmark of a state id; None where nothing was kept yet.

    A read that begins a run is recorded, so that post-load knows that the run used this bookmark.
    """
    script = "read_bookmark" if begins_run else "look_up_bookmark"
    row = SCRIPTS.run(conn, script, {"state_id": state_id}).fetchone()
    found = Bookmark(*row) if row else None
    return found if found and (found.completed or found.partial) else None


def starting_state(conn: psycopg.Connection[Any], state_id: str, streams: Collection[str]) -> State:
    """The state that a run of some streams begins from: the value of a STATE message.

    A stream that runs have read into this database has at least its org in it, so that the tap
    refuses another one.
    """
    found = read(conn, state_id, begins_run=False)
    state = found.singer_state if found else {}
    of_org: State = {}
    with contextlib.suppress(psycopg.errors.UndefinedColumn):  # not migrated yet
        of_org = {s: {"org_id": org} for s, org in orgs(conn).items() if s in streams}
    return merge(state, {"bookmarks": of_org}) if of_org else state


def orgs(conn: psycopg.Connection[Any], *, before_run: int | None = None) -> dict[str, str]:
    """The Id of the org that each stream was read from last."""
    return dict(SCRIPTS.run(conn, "orgs", {"before": before_run}).fetchall())


def same_org(one: str, other: str) -> bool:
    """Whether two Ids are of one org; those of 18 characters end with a check of the case."""
    return one[:_SHORT_ID] == other[:_SHORT_ID]


def write(
    conn: psycopg.Connection[Any],
    state_id: str,
    *,
    completed: Mapping[str, Any] | None,
    partial: Mapping[str, Any] | None = None,
) -> None:
    """Keep both parts of a state; what was kept before is replaced."""
    values = {
        "state_id": state_id,
        "completed": Jsonb(completed) if completed else None,
        "partial": Jsonb(partial) if partial else None,
    }
    SCRIPTS.run(conn, "write_bookmark", values)


def write_singer_state(
    conn: psycopg.Connection[Any], state_id: str, state: Mapping[str, Any]
) -> None:
    """Keep the value of a STATE message, as Meltano does for each line of a loader."""
    write(conn, state_id, completed={SINGER_STATE: state})


def delete(conn: psycopg.Connection[Any], state_id: str) -> None:
    """Forget the state of a state id."""
    SCRIPTS.run(conn, "delete_bookmark", {"state_id": state_id})


def remove_stream(conn: psycopg.Connection[Any], stream: str) -> None:
    """Remove the bookmark of a stream from every state."""
    SCRIPTS.run(conn, "remove_stream", {"stream": stream})


def remove_of_org(conn: psycopg.Connection[Any], stream: str, org: str) -> None:
    """Remove the bookmark of a stream from every state in which it is of this org."""
    SCRIPTS.run(conn, "remove_stream_of_org", {"stream": stream, "org": org[:_SHORT_ID]})


def state_ids(conn: psycopg.Connection[Any], pattern: str = _NO_PATTERN) -> list[str]:
    """The state ids that match a pattern in which `*` stands for any text, in their order."""
    rows = SCRIPTS.run(conn, "list_bookmarks", {"pattern": pattern})
    return [state_id for (state_id,) in rows]


def merge(source: Mapping[str, Any], target: Mapping[str, Any]) -> State:
    """A new state: the source's values over the target's, at every depth.

    As `meltano.core.utils.merge` does it: a list or a null of the source replaces the target's.
    """
    merged = dict(target)
    for key, value in source.items():
        if isinstance(value, dict):
            below = merged.get(key)
            merged[key] = merge(value, below if isinstance(below, dict) else {})
        else:
            merged[key] = value
    return merged


def ends(conn: psycopg.Connection[Any], streams: Iterable[str]) -> dict[str, str]:
    """The latest bookmark of each stream, in the states that runs have begun from.

    Those of other taps are left out. People may set a state, so a bookmark may be no time.
    """
    rows = SCRIPTS.run(conn, "bookmark_ends", {"streams": list(streams)})
    return dict(rows.fetchall())


def unwritten(
    conn: psycopg.Connection[Any], ends: Mapping[str, str], known: Mapping[str, Sequence[str]]
) -> list[str]:
    """The streams whose completed window no state holds, though a run began from one.

    `ends` are the ends of the windows that were completed, `known` all times that a state of these
    runs can have, by stream, as a state holds them. Meltano ends with 0 where its state backend
    failed (tried with Meltano 4.4), so that only this comparison tells. The reads are cleared: the
    next promotion speaks of its own runs.
    """
    windows = [
        {"stream": stream, "window_end": end, "known": known[stream]}
        for stream, end in ends.items()
    ]
    streams = [
        stream
        for (stream,) in SCRIPTS.run(conn, "unwritten_bookmarks", {"windows": Jsonb(windows)})
    ]
    SCRIPTS.run(conn, "clear_reads")
    return streams
