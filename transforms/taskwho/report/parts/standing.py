"""How things stand against the last run, and whether Salesforce's count adds up; in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from taskwho.report.number_formats import instant, number, percent, relations
from taskwho.report.verdict import counted, freshness

if TYPE_CHECKING:
    from collections.abc import Callable

    from taskwho.model.results.result import RunResult

_MUCH = 0.25
_UP, _DOWN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number: its title, the number alone, what it means, and how it was before."""

    title: str
    value: str
    meaning: str
    change: str = ""

    def __str__(self) -> str:
        """The fact in one line."""
        return "; ".join(filter(None, (f"{self.value}{self.meaning}", self.change)))


def standing(result: RunResult) -> list[Fact]:
    """Freshness, health, waiting and API share, each against the last run."""
    return [_fresh(result), _health(result), _waiting(result), _share(result)]


def org_sum(result: RunResult) -> str:
    """Salesforce's count, and where its relations are; empty where it is not known."""
    count = result.org_count
    if count is None or count.apart is None:
        return ""
    by = "`taskwho verify`"
    if count.counted_by == "full run":
        by = "a full run, with those in the recycle bin,"
    return (
        f"{number(count.in_org)} = {number(count.in_table)} in the table + "
        f"{number(count.waiting)} waiting + {number(count.set_aside)} set aside, counted by {by} "
        f"at {instant(count.counted_at)} UTC. {_apart(count.apart)}"
    )


def failing(result: RunResult) -> str:
    """Since when runs fail; empty for one that has not failed."""
    if result.failing_since is None:
        return ""
    if result.failing_since < _began(result):
        return f"No run has ended well since {instant(result.failing_since)} UTC."
    if result.last_run is None:
        return "This is the first run."
    return f"The run before, at {instant(result.last_run.finished_at)} UTC, had not failed."


def blame(result: RunResult) -> str:
    """Name the missing parent that blocks a quarter or more of the waiting rows; else nothing."""
    waiting = result.counts.quarantined_now
    worst = max(result.explanation.worst, key=lambda one: one.relations, default=None)
    if worst is None or worst.relations < max(_MUCH * waiting, 2):
        return ""
    noun = worst.parent.removesuffix("s")
    of = "all" if worst.relations == waiting else f"{number(worst.relations)} of"
    return f"One missing {noun} blocks {of} {relations(waiting)} that wait."


def api_share(used: int | None, most: int | None) -> float | None:
    """The share of the org's daily calls, as a percentage."""
    return 100 * used / most if used is not None and most else None


def _apart(apart: int) -> str:
    if not apart:
        return "It adds up."
    more = "more in Salesforce than here" if apart > 0 else "more here than in Salesforce"
    return f"{number(abs(apart))} {more}: `taskwho verify` names them."


def _fresh(result: RunResult) -> Fact:
    until, last = result.totals.fresh_until, result.last_run
    before = f"the last run: {instant(last.fresh_until)}" if last and last.fresh_until else ""
    shown = freshness(result)
    value = f"{instant(until)} UTC" if until else "unknown"
    return Fact("Fresh Until", value, shown.removeprefix(value), before)


def _health(result: RunResult) -> Fact:
    totals, last = result.totals, result.last_run
    goal = f" (goal {totals.goal:g}%)"
    if totals.in_table is None:
        return Fact("Health", "unknown", goal)
    if result.health is None:
        return Fact("Health", "nothing yet", goal)
    rows = f"{number(totals.in_table)} live relations are in the table, {counted(result)}"
    since = ""
    if totals.state_since and totals.state_since < _began(result):
        state = "degraded" if result.is_degraded else "at the goal"
        since = f"; {state} since {instant(totals.state_since)}"
    before = last.health if last else None
    change = "" if before is None else _change(result.health, before, percent)
    return Fact("Health", percent(result.health), f"{goal}: {rows}{since}", change)


def _waiting(result: RunResult) -> Fact:
    totals, last = result.totals, result.last_run
    live = f" live relation{'' if totals.waiting == 1 else 's'}"
    since = ""
    if totals.waiting and totals.waiting_since and totals.waiting_since < _began(result):
        since = f"; some have waited since {instant(totals.waiting_since)}"
    change = _change(totals.waiting, last.waiting, number) if last else ""
    return Fact("Waiting", number(totals.waiting), f"{live}{since}", change)


def _share(result: RunResult) -> Fact:
    api, last = result.api, result.last_run
    share = api_share(api.used, api.max)
    before = api_share(last.api_used, last.api_max) if last else None
    if not api.calls:
        change = "" if before is None else f"the last run: {percent(before)}"
        return Fact("API Share", "none", ": this run made no API call", change)
    ours = f"this run made {number(api.calls)} call{'' if api.calls == 1 else 's'}"
    if share is None:
        return Fact("API Share", "unknown", f": {ours}, whose answers do not tell it")
    of = f" of the org's daily API calls ({number(api.used)} of {number(api.max)}; {ours})"
    change = "" if before is None else _change(share, before, percent)
    return Fact("API Share", percent(share), of, change)


def _change(now: float, before: float, shown: Callable[[float], str]) -> str:
    if shown(now) == shown(before):
        return f"the last run: {shown(before)}"
    way = _UP if now > before else _DOWN
    return f"{way} {shown(abs(now - before))} against {shown(before)} in the last run"


def _began(result: RunResult) -> str:
    return f"{result.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
