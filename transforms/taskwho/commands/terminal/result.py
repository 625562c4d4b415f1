"""How a run ended, for a person or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.commands.terminal.output import say
from taskwho.report.inert_text import json_line
from taskwho.report.summary import summary

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult


def say_result(result: RunResult, *, as_json: bool = False) -> None:
    """The summary, or the whole result as one line of JSON."""
    if as_json:
        say(json_line(result.to_dict()))
        return
    if result.run_id:
        for line in summary(result):
            say(line)
        return
    # the database knows nothing of it
    if result.report_path:
        say(f"Report: {result.report_path}")
    say(f"Error: {result.error}", err=True)
