"""What can happen to an org and its readers, as data that Hypothesis can shrink and replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.sandbox.faults.kinds import TRANSIENT

CHANGES = (
    *("insert", "insert", "insert_many", "orphans", "update", "update", "update_many", "repoint"),
    "repoint_and_delete",
    *(
        "soft_delete",
        "undelete",
        "commit_late",
        "commit_late",
        "commit_late",
        "delete_tasks",
        "undelete_tasks",
    ),
    *("archive_tasks", "convert_leads", "hard_delete", "delete_contacts", "empty_recycle_bin"),
    "advance_clock",
)
# faults after which the run still ends with exit code 0
HARMLESS = (
    *TRANSIENT,
    *("429", "query_timeout", "slow", "not_done_without_url"),
    *("unsorted", "duplicate_ids", "empty_not_done"),
    *("token:server_error", "token:503", "token:reset"),
)
MOST_HARMLESS = 6  # if all strike one request, one of the 8 attempts is left
# faults that end a run, with their exit codes; the state is kept
ENDING = {
    "below_cursor": 1,
    "too_large": 2,
    "no_access": 2,
    "daily_limit": 3,
}
# a fault that spoils a row until the row is read again
SPOILING = "wrong_record"
VICTIMS = ("tap", "loader", "everything")
MODES = ("incremental", "incremental", "incremental", "full", "recent", "custom")
PROMOTIONS = ("one", "one", "one", "two", "killed", "killed", "none")


@dataclass(frozen=True)
class Change:
    """A change in the org, of so many records (or minutes)."""

    kind: str
    amount: int


@dataclass(frozen=True)
class Event:
    """What happens when the org sees its n-th query of a run."""

    at_query: int
    what: Change | str


@dataclass(frozen=True)
class Fault:
    """A fault that strikes the n-th request that it can strike."""

    nth: int
    kind: str


@dataclass(frozen=True)
class Run:
    """One run of the pair and its promotion, with its faults and kills."""

    mode: str
    page_size: int
    concurrency: int
    batches: bool
    parents: bool
    full_refresh: bool
    limit: int | None
    hours: int
    faults: tuple[Fault, ...]
    events: tuple[Event, ...]
    loader_dies_after: int | None
    promotion: str
    dies_after: int
    sweep: bool

    @property
    def victims(self) -> list[str]:
        """The processes that a signal kills."""
        return [event.what for event in self.events if event.what in VICTIMS]

    @property
    def exit_codes(self) -> set[int]:
        """The exit codes that the tap may end with."""
        codes = {0} | {ENDING[fault.kind] for fault in self.faults if fault.kind in ENDING}
        if {"tap", "everything"} & set(self.victims):
            codes.add(-9)
        if {"loader", "everything"} & set(self.victims) or self.loader_dies_after is not None:
            codes.add(1)  # the tap's output has no reader any more
        return codes


@dataclass(frozen=True)
class History:
    """An org, and its steps: changes, then a run."""

    seed: int
    rows: int
    page_cap: int | None
    clock_offset_seconds: int
    lag_seconds: int
    steps: tuple[tuple[tuple[Change, ...], Run], ...]


def _rarely(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.none(), st.none(), value)


def _few_or_more(
    each: st.SearchStrategy[Any], *, least: int, most: int
) -> st.SearchStrategy[tuple[Any, ...]]:
    """Lists of which half are long; Hypothesis shrinks them to short ones."""
    few = st.lists(each, min_size=least, max_size=least + 2)
    more = st.lists(each, min_size=most // 2, max_size=most)
    return st.one_of(few, more).map(tuple)


changes = st.builds(Change, kind=st.sampled_from(CHANGES), amount=st.integers(1, 40))
# most runs send few queries
_nth = st.one_of(st.integers(1, 4), st.integers(1, 4), st.integers(5, 12))
_happens = st.one_of(
    changes,
    st.sampled_from([*VICTIMS, "promote", "expire"]),
)
_harmless = st.builds(Fault, nth=_nth, kind=st.sampled_from(HARMLESS))
_ending = st.builds(Fault, nth=_nth, kind=st.sampled_from([*ENDING, SPOILING]))
faults = st.tuples(
    _few_or_more(_harmless, least=0, most=MOST_HARMLESS - 1),
    _rarely(_ending),
).map(lambda both: both[0] if both[1] is None else (*both[0], both[1]))
runs = st.builds(
    Run,
    mode=st.sampled_from(MODES),
    page_size=st.sampled_from([200, 200, 200, 300, 2000]),
    concurrency=st.integers(1, 8),
    batches=st.booleans(),
    parents=st.sampled_from([False, False, False, True]),
    full_refresh=st.sampled_from([*[False] * 7, True]),
    limit=_rarely(st.integers(1, 700)),
    hours=st.integers(1, 48),
    faults=faults,
    events=_few_or_more(st.builds(Event, at_query=_nth, what=_happens), least=0, most=4),
    loader_dies_after=_rarely(st.integers(1, 500)),
    promotion=st.sampled_from(PROMOTIONS),
    dies_after=st.integers(1, 80),
    sweep=st.booleans(),
)
histories = st.builds(
    History,
    seed=st.integers(0, 10_000),
    rows=st.sampled_from([450, 900, 1_300, 30]),
    page_cap=st.sampled_from([None, None, 170]),
    clock_offset_seconds=st.sampled_from([0, -3_600, 3_600]),
    lag_seconds=st.sampled_from([0, 60]),
    steps=_few_or_more(st.tuples(_few_or_more(changes, least=0, most=5), runs), least=1, most=7),
)
