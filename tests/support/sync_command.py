"""Runs `taskwho` as a user does, in a project of the test's own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.seed_tables import load_parents

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox import Sandbox


def filled_project(folder: Path, org: Sandbox, url: str) -> Project:
    """A project whose database holds the parents already."""
    load_parents(url, org)
    project = Project(folder, DATABASE_URL=url)
    project.use(org)
    return project


def start(project: Project, *words: str, **variables: str) -> subprocess.Popen[str]:
    """Start `taskwho` in a session of its own, for tests that signal it."""
    return subprocess.Popen(
        [str(project.folder / ".venv" / "bin" / "taskwho"), *words],
        cwd=project.folder,
        env={**project.variables, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def taskwho(project: Project, *words: str, **variables: str) -> Run:
    """Run `taskwho` to its end."""
    process = start(project, *words, **variables)
    output, _ = process.communicate(timeout=SECONDS_TO_END)
    return Run(process.returncode, output)


def last_line(run: Run) -> str:
    """How the output ends: its error or its next step, on one line."""
    lines = run.output.strip().splitlines()
    begin = len(lines) - 1
    while begin and lines[begin].startswith("      "):
        begin -= 1
    return " ".join(line.strip() for line in lines[begin:])


def latest_twin(project: Project) -> dict[str, Any]:
    """The newest report's JSON."""
    newest = max((project.folder / "reports").glob("taskwho*.json"), key=lambda file: file.name)
    found: dict[str, Any] = json.loads(newest.read_text("utf-8"))
    return found
