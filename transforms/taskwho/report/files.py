"""The report's files: Markdown, its JSON twin and latest.md."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import REPORT_NOT_WRITTEN
from taskwho.model.result import REPORT_PREFIX
from taskwho.report.inert_text import json_document
from taskwho.report.markdown import render, report_time
from taskwho.report.next_steps import with_next_steps

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.result import RunResult


def publish(result: RunResult, reports_dir: Path) -> Path:
    """Write the report, its JSON twin and latest.md. Each is whole or as it was before.

    Raises TaskwhoError where the folder cannot be written to.
    """
    try:
        return _publish(with_next_steps(result), reports_dir)
    except OSError as error:
        raise TaskwhoError(REPORT_NOT_WRITTEN, folder=reports_dir, error=error.strerror) from error


def _publish(result: RunResult, reports_dir: Path) -> Path:
    reports_dir.mkdir(parents=True, exist_ok=True)
    name = result.report_name or f"{REPORT_PREFIX}{report_time(result):%Y%m%d_%H%M%S}"
    named = replace(result, report_name=_free_name(reports_dir, name, result))
    text = render(named)
    report = reports_dir / f"{named.report_name}.md"
    write_atomically(report.with_suffix(".json"), json_document(named.to_dict()))
    write_atomically(report, text)
    write_atomically(reports_dir / "latest.md", text)
    return report


def _free_name(folder: Path, name: str, result: RunResult) -> str:
    """The name, or the next one that no report of another run has: two can share a second."""
    number, candidate = 1, name
    while _belongs_to_another(folder / f"{candidate}.json", result):
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _belongs_to_another(twin: Path, result: RunResult) -> bool:
    try:
        other: dict[str, Any] = json.loads(twin.read_text("utf-8"))
    except FileNotFoundError:
        return False
    except ValueError:
        return True
    own = result.to_dict()
    return any(other.get(key) != own[key] for key in ("run_id", "started_at", "run_ids"))
