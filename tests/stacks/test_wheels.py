"""The wheels in an empty folder, with what the registry has, by every Python that they name."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.stacks import environment, resolved

if TYPE_CHECKING:
    from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13")  # of the classifiers


def check_the_commands_of_the_readme(commands: Path, folder: Path, url: str) -> None:
    """Run them in an empty folder, with nothing but the environment."""
    with Sandbox(rows=300) as org:
        settings = {**org.settings(), "lag_seconds": 0}
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DATABASE_URL": url,
            **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
        }
        for words in (["sync", "--all"], ["doctor"], ["verify"]):
            done = subprocess.run(
                [commands / "taskwho", *words],
                cwd=folder,
                env=variables,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Warning" not in done.stderr
        assert_equal_to_the_org(org, url)


def test_the_extra_brings_the_pair(tmp_path: Path, database_url: str) -> None:
    check_the_commands_of_the_readme(environment("pair", "taskwho[sync]"), tmp_path, database_url)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_the_oldest_and_the_newest_that_the_wheels_allow_work(
    tmp_path: Path, database_url: str, python: str, resolution: str
) -> None:
    check_the_commands_of_the_readme(resolved(python, resolution), tmp_path, database_url)
