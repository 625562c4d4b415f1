"""A run in a few lines, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.report.inert_text import visible
from taskwho.report.next_steps import next_steps
from taskwho.report.number_formats import number
from taskwho.report.verdict import freshness, share, verdict

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult


def summary(result: RunResult) -> list[str]:
    """How it ended, what went in, what did not, where the report is. The last line: what to do."""
    counts = result.counts
    retrieved = (
        f"Retrieved {number(counts.retrieved)}: {number(counts.successful)} successful"
        f"{share(result, counts.successful)}, {number(counts.failed)} failed, "
        f"{number(counts.set_aside)} set aside."
    )
    written = (
        f"Inserted {number(counts.inserted)}, updated {number(counts.updated)}, "
        f"deleted {number(counts.deleted)}, unchanged {number(counts.unchanged)}, "
        f"healed {number(counts.healed)}; in quarantine now: {number(counts.quarantined_now)}."
    )
    lines = [verdict(result), retrieved, written]
    if counts.listed_as_removed or counts.removed:
        lines.append(
            f"Listed as removed {number(counts.listed_as_removed)}: {number(counts.removed)} of "
            "them were live and are deleted now."
        )
    lines.append(f"Fresh until {freshness(result)}.")
    if result.report_path is not None:
        lines.append(f"Report: {result.report_path}")
    return [visible(line) for line in [*filter(None, lines), _last_line(result)]]


def _last_line(result: RunResult) -> str:
    if result.error:
        return f"Error: {result.error}"
    step = (result.next_steps or next_steps(result))[0]
    return f"Next: {step}"
