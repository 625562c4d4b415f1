"""A dry run, for a person or a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import tell
from taskwho.commands.terminal.output import say
from taskwho.report.number_formats import duration, instant, number

if TYPE_CHECKING:
    from taskwho.model.results.estimate import Estimate, Estimates


def say_estimates(found: Estimates, *, as_json: bool) -> None:
    """A line for each window, then the org's API calls; or all as one line of JSON."""
    if as_json:
        say(json.dumps(found.to_dict()))
        return
    for window in found.windows:
        tell("", _line(window))
    if not found.windows:
        tell("", "The windows are empty: nothing to read.")
    if found.api_used is not None:
        used, most = number(found.api_used), number(found.api_max)
        tell("", f"The org has used {used} of {most} API calls.")
    tell("", "Nothing was read or written.")


def _line(window: Estimate) -> str:
    begin = "the beginning" if window.window_from is None else instant(window.window_from)
    rest = f", after Id {window.after_id}" if window.after_id else ""
    line = f"{window.stream}, {begin} to {instant(window.window_to)}{rest}: "
    if window.rows is None or window.calls is None or window.seconds is None:
        return f"{line}the org takes too long to count the rows."
    return (
        f"{line}{number(window.rows)} rows, about {number(window.calls)} API calls, "
        f"about {duration(window.seconds)}."
    )
