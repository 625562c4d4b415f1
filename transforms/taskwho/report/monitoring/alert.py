"""An alert: when a run fails, when the table becomes degraded, when it recovers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from taskwho.model.exit_codes import ExitCode
from taskwho.report.inert_text import chat
from taskwho.report.next_steps import with_next_steps
from taskwho.report.verdict import verdict

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult

News = Literal["failed", "degraded", "recovered"]

_FAILED = (ExitCode.FAILED, ExitCode.MISCONFIGURED)
_LONGEST_LINE = 1_000


def news_of(result: RunResult, told: News | None) -> News | None:
    """What people do not know yet; None for nothing. `told` is the last alert that arrived.

    Each failed run is news. A run that stopped early says nothing of a failure before it.
    """
    if result.status == "failed" or result.exit_code in _FAILED:
        return "failed"
    if result.is_degraded:
        return None if told == "degraded" else "degraded"
    is_over = told in {"failed", "degraded"} and result.status in {"ok", "nothing"}
    return "recovered" if is_over else None


def message(result: RunResult, news: News, report_url: str) -> dict[str, str]:
    """Verdict, first step and link, as Slack and those who are like it take them."""
    lines = [f"taskwho: {_headline(result, news)}"]
    if news == "failed" and result.error:
        lines.append(f"Error: {result.error}")
    lines.append(f"Next: {with_next_steps(result).next_steps[0]}")
    text = "\n".join(chat(_cut(line)) for line in lines)
    if report_url and result.report_path:
        text += f"\n{report_url.rstrip('/')}/{Path(result.report_path).stem}.html"
    return {"text": text}


def _headline(result: RunResult, news: News) -> str:
    said = verdict(result)
    if news == "recovered":
        return f"Recovered. {said}"
    if news == "failed" and result.status != "failed":
        return f"The run ended with exit code {result.exit_code}. {said}"
    return said


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"
