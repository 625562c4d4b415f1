"""How a run ended, for a person or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.output import say
from taskwho.commands.terminal.summary import tell_summary
from taskwho.report.inert_text import json_line

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult


def say_result(result: RunResult, *, as_json: bool = False) -> None:
    """The summary, or the whole result as one line of JSON."""
    if as_json:
        say(json_line(result.to_dict()))
    else:
        tell_summary(result)
