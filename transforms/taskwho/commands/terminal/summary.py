"""A run on the terminal: how it ended, three numbers, what to do; five lines of 80 columns."""

from __future__ import annotations

import os
from operator import itemgetter
from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import Tone, is_terminal, tell
from taskwho.commands.terminal.wrapping import WIDTH, columns, fit, wrap
from taskwho.report.inert_text import visible
from taskwho.report.next_steps import effect, with_next_steps
from taskwho.report.number_formats import instant, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.result import RunResult

_LINES = 5
_ENDS = {
    "ok": ("Done", Tone.GOOD),
    "nothing": ("Nothing new", Tone.GOOD),
    "loaded": ("Loaded", Tone.GOOD),
    "quota": ("Quota reached", Tone.CARE),
    "stopped": ("Stopped", Tone.CARE),
    "failed": ("Failed", Tone.BAD),
}


def tell_summary(result: RunResult) -> None:
    """The verdict with its numbers, what this run read, the report, the error or the next step.

    What is too long stands in the report. In a pipe, standard error has the whole error on a line:
    `grep` finds it in a log, and a container may leave no report behind.
    """
    verdict, tone = verdict_of(result)
    tell(f"{verdict}:", _fitting(_numbers(result), WIDTH - len(verdict) - 2), tone, most=1)
    label, text, tone = _last(result)
    rest = _LINES - 1 - bool(result.report_path)
    needed = len(wrap(visible(text), WIDTH - len(label) - 1))
    if needed < rest or not result.error:
        rest -= 1
        fresh = _freshness(result)
        tell("", f"{fresh} {_fitting(_read(result), WIDTH - len(fresh) - 1)}", most=1)
    if result.report_path:
        tell("Report:", _path(result.report_path), most=1)
    tell(label, text, tone, most=rest)
    if result.error and not is_terminal() and (needed > 1 or "\n" in text):
        tell(label, text, tone, err=True)


def verdict_of(result: RunResult) -> tuple[str, Tone]:
    """How a run ended, and whether the table is degraded."""
    # a run whose report cannot be written is ok in the database, and yet has an error
    end, tone = _ENDS[result.status]
    if result.error and tone is Tone.GOOD:
        end, tone = _ENDS["failed"]
    if not result.is_degraded:
        return end, tone
    if tone is not Tone.GOOD:
        end = f"{end}, degraded"
    else:
        end = "Degraded" if result.status == "ok" else f"Degraded, {end.lower()}"
    fails = tone is Tone.BAD or (result.health or 0) < result.totals.fail_below
    return end, Tone.BAD if fails else Tone.CARE


def _numbers(result: RunResult) -> Iterator[str]:
    """Health, live rows in the table, waiting rows: with the goal where there is room for it."""
    totals, health = result.totals, result.health
    if totals.in_table is None:
        yield "the state of the table is not known."
    elif health is None:
        yield "no live relation is in the table, and none waits."
    else:
        goal = f"goal {totals.goal:g}%"
        if health < totals.fail_below:
            goal = f"under --fail-below {totals.fail_below:g}%"
        live, waiting = number(totals.in_table), number(totals.waiting)
        yield f"health {percent(health)} ({goal}), {live} in the table, {waiting} waiting."
        yield f"health {percent(health)}, {live} in the table, {waiting} waiting."
        yield f"health {percent(health)}, table {live}, waiting {waiting}."


def _freshness(result: RunResult) -> str:
    until, since = result.totals.fresh_until, result.totals.read_from
    if not until:
        return "No window is read to its end yet."
    begin = f" from {instant(since).partition(' ')[0]}" if since else ""
    minute = instant(until).rpartition(":")[0]
    return f"Fresh{begin} until {minute} UTC."


def _read(result: RunResult) -> Iterator[str]:
    """What became of the rows that this run read, in fewer and fewer words."""
    counts = result.counts
    others = {
        "updated": counts.updated,
        "deleted": counts.deleted + counts.removed + counts.swept,
        "healed": counts.healed,
        "set aside": counts.set_aside,
        "unchanged": counts.unchanged,
    }
    most = sorted(others.items(), key=itemgetter(1), reverse=True)
    found = (("inserted", counts.inserted), ("failed", counts.failed), *most)
    parts = [f"{number(count)} {what}" for what, count in found if count]
    read = f"Read {number(counts.retrieved)}" if counts.retrieved else "Nothing read"
    if counts.retried and not counts.retrieved:
        read += f", {number(counts.retried)} waited"
    yield f"{read}: {', '.join(parts)}." if parts else f"{read}."
    for count in range(len(parts) - 1, 0, -1):
        yield f"{read}: {', '.join(parts[:count])}, ..."
    yield f"{read}."


def _last(result: RunResult) -> tuple[str, str, Tone]:
    if result.error:
        return "Error:", result.error, Tone.BAD
    step = with_next_steps(result).steps[0]
    brings = f"(brings in {effect(step)}) " if step.brings_in else ""
    return "Next:", brings + step.do, Tone.PLAIN


def _path(path: str) -> str:
    """The path of the report from here; of a long one, its end."""
    near = min(path, os.path.relpath(path), key=len)
    room = WIDTH - len("Report: ")
    return near if columns(near) <= room else fit(near[::-1], room)[::-1]


def _fitting(texts: Iterator[str], room: int) -> str:
    """The first text that fits, or else the last one."""
    text = ""
    for text in texts:
        if columns(text) <= room:
            break
    return text
