"""--config=ENV: the environment, and under it the nearest .env from the working directory up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

TAP = Path(sys.executable).with_name("tap-salesforce-taskwho")
PREFIX = "TAP_SALESFORCE_TASKWHO_"


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=20) as org:
        yield org


def written(settings: dict[str, object]) -> dict[str, str]:
    return {PREFIX + name.upper(): str(value) for name, value in settings.items()}


def run(folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TAP, "--config", "ENV", "--test"],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_environment_wins_over_the_file(org: Sandbox, tmp_path: Path) -> None:
    of_the_file = {**org.settings(), "login_url": "http://127.0.0.1:1", "max_attempts": "1"}
    lines = [f"{name}={value}\n" for name, value in written(of_the_file).items()]
    (tmp_path / ".env").write_text("".join(lines))
    here = tmp_path / "below" / "it"
    here.mkdir(parents=True)
    assert run(here, {}).returncode == 1
    assert not org.requests
    done = run(here, written({"login_url": org.url}))
    assert done.returncode == 0, done.stderr
    assert org.queries()


def test_a_file_elsewhere_is_not_read(org: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / ".env").write_text(f"{PREFIX}LOGIN_URL=http://127.0.0.1:1\n")
    here = tmp_path / "here"
    here.mkdir()
    done = run(here, written(org.settings()))
    assert done.returncode == 0, done.stderr
