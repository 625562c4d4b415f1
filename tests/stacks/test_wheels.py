"""The wheels in an empty folder, with what the registry has: `pip install taskwho[sync]`."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.stacks import environment

if TYPE_CHECKING:
    from pathlib import Path


def test_the_extra_brings_the_pair_and_the_readme_s_commands_run(
    tmp_path: Path, database_url: str
) -> None:
    commands = environment("pair", "taskwho[sync]")
    with Sandbox(rows=300) as org:
        settings = {**org.settings(), "lag_seconds": 0}
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "DATABASE_URL": database_url,
            **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
        }
        for words in (["sync", "--all"], ["doctor"], ["verify"]):
            done = subprocess.run(
                [commands / "taskwho", *words],
                cwd=tmp_path,
                env=variables,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert_equal_to_the_org(org, database_url)
