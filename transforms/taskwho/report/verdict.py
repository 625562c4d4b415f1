"""What a run came to, in words: the first line of the report and of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.report.number_formats import duration, instant, number, percent

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult

_BY_STATUS = {
    "failed": "The run failed.",
    "quota": "The run stopped before the API quota was used up.",
    "stopped": "The run was stopped by hand.",
    "nothing": "Nothing had landed since the last run.",
    "loaded": "What was read has landed, and is not promoted yet.",
}


def verdict(result: RunResult) -> str:
    """How the run ended, and how healthy the table is; a degraded one comes first."""
    parts = [_BY_STATUS.get(result.status, ""), health(result)]
    if result.is_degraded and result.status in ("ok", "nothing"):
        parts.reverse()
    return " ".join(filter(None, parts))


def health(result: RunResult) -> str:
    """How much of what is live is in the table; empty where that is not known."""
    totals, found = result.totals, result.health
    if totals.in_table is None:
        return ""
    if found is None:
        return "Nothing yet: no live relation is in the table, and none waits."
    live, waiting = number(totals.in_table), number(totals.waiting)
    rows = f"live relations in the table {live}, waiting {waiting}"
    if not result.is_degraded:
        return f"Health {percent(found)}: {rows}."
    low = ""
    if found < totals.fail_below:
        low = f" It is under --fail-below {totals.fail_below:g} too, which is exit code 4."
    return f"Degraded: health {percent(found)}, under the goal of {totals.goal:g}%: {rows}.{low}"


def freshness(result: RunResult) -> str:
    """From when and until when Salesforce was read, and how far behind it the table was then."""
    until, since, lag = result.totals.fresh_until, result.totals.read_from, result.lag
    if until is None:
        return "unknown: no window has been read to its end yet"
    behind = lacks = ""
    if lag is not None:
        behind = f", {duration(lag)} behind Salesforce at the end of this run"
    if since:
        lacks = f"; not read: what was last changed before {instant(since)} UTC (start_date)"
    return f"{instant(until)} UTC{behind}{lacks}"


def counted(result: RunResult) -> str:
    """When the live rows of the table were last counted."""
    at = result.totals.counted_at
    if at is None:
        return "not counted"
    return f"counted at {instant(at)} UTC, changes since then added"


def share(result: RunResult, part: int) -> str:
    """The share of a number of landed relations, after a space; a failed run has none."""
    counts = result.counts
    if result.status == "failed":
        return ""
    judged = counts.successful + counts.failed
    if not judged:
        return f" ({'all set aside' if counts.set_aside else 'nothing read'})"
    return f" ({percent(100 * part / judged)})"
