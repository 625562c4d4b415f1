"""The report's files: Markdown, page and JSON, the same as latest.*, and the page of all runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import REPORT_NOT_WRITTEN
from taskwho.model.private_files import make_private
from taskwho.model.results.result import REPORT_PREFIX
from taskwho.report.history import past_run, past_runs
from taskwho.report.inert_text import json_document
from taskwho.report.markdown import render, report_time
from taskwho.report.next_steps import with_next_steps
from taskwho.report.page import render_index, render_page
from taskwho.report.report_names import claim, release

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult


def publish(result: RunResult, reports_dir: Path, *, is_latest: bool = True) -> Path:
    """Write the report in its forms, and the page of all runs. Each is whole or as it was before.

    That of a past run, written again, is not the latest.

    Raises TaskwhoError where the folder cannot be written to.
    """
    try:
        return _publish(with_next_steps(result), reports_dir, is_latest=is_latest)
    except OSError as error:
        raise TaskwhoError(REPORT_NOT_WRITTEN, folder=reports_dir, error=error.strerror) from error


def _publish(result: RunResult, reports_dir: Path, *, is_latest: bool) -> Path:
    name = result.report_name or claim(
        reports_dir, f"{REPORT_PREFIX}{report_time(result):%Y%m%d_%H%M%S}"
    )
    try:
        return _write(replace(result, report_name=name), reports_dir, is_latest=is_latest)
    finally:
        release(reports_dir, name)


def _write(result: RunResult, reports_dir: Path, *, is_latest: bool) -> Path:
    make_private(reports_dir)
    runs = [run for run in past_runs(reports_dir) if run.name != result.report_name]
    forms = {
        "json": json_document(result.to_dict()),
        "html": render_page(result, [run for run in runs if run.ended_at <= result.finished_at]),
        "md": render(result),
    }
    for name in (result.report_name, "latest") if is_latest else (result.report_name,):
        for ending, text in forms.items():
            write_atomically(reports_dir / f"{name}.{ending}", text)
    runs = sorted([*runs, past_run(result, result.report_name)], key=lambda run: run.ended_at)
    write_atomically(reports_dir / "index.html", render_index(runs))
    return reports_dir / f"{result.report_name}.md"
