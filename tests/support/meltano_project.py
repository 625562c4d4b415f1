"""A copy of this project in a test's folder, run by the real `meltano`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.sandbox import Sandbox

PAIR = ("tap-salesforce-taskwho", "target-postgres")
SECONDS_TO_END = 180


@dataclass(frozen=True)
class Run:
    """How a `meltano` command ended."""

    code: int
    output: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """The JSON log."""
        return [json.loads(line) for line in self.output.splitlines() if line.startswith("{")]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The events of the blocks that ended, in their order."""
        return [event for event in self.events if event["event"] == "Block run completed"]

    def errors_of(self, plugin: str) -> list[str]:
        """The errors that a plugin logged."""
        return [
            event["event"]
            for event in self.events
            if event["level"] == "error" and event.get("name") == plugin
        ]


class Project:
    """`meltano.yml`, the commands of this environment, and a home and settings of its own."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        shutil.copy(ROOT / "meltano.yml", folder)
        (folder / ".venv").symlink_to(sys.prefix)
        self.variables = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), **variables}

    def use(self, org: Sandbox) -> None:
        """Set the sandbox org to read, without a lag: the next run reads each change."""
        settings = {**org.settings(), "lag_seconds": 0}
        for name, value in settings.items():
            self.variables[f"TAP_SALESFORCE_TASKWHO_{name.upper()}"] = str(value)

    def command(self, *words: str) -> list[str]:
        """The words of a `meltano` command with a JSON log."""
        return [str(self.folder / ".venv" / "bin" / "meltano"), "--log-format=json", *words]

    def meltano(self, *words: str, **variables: str) -> Run:
        """Run `meltano`, with variables for this run alone."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env={**self.variables, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS_TO_END,
            check=False,
        )
        return Run(done.returncode, done.stdout)

    def states(self) -> dict[str, Mapping[str, Any]]:
        """Give every state that Meltano keeps, by its id."""
        listed = self.stdout("state", "list").split()
        return {name: json.loads(self.stdout("state", "get", name)) for name in listed}

    def stdout(self, *words: str) -> str:
        """Run `meltano` and return its standard output."""
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
