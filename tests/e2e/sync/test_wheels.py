"""The three wheels in an empty folder, with nothing but the environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import SECONDS_TO_END

if TYPE_CHECKING:
    from pathlib import Path

UV = ROOT / ".uv" / "bin" / "uv"
FOLDERS = ("tap-salesforce-taskwho", "target-postgres-taskwho", "transforms")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A virtual environment with the wheels; what they depend on is taken from this one."""
    wheels, venv = tmp_path / "wheels", tmp_path / "venv"
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    for folder in FOLDERS:
        subprocess.run(
            [*build, "--directory", wheels], cwd=ROOT / folder, check=True, capture_output=True
        )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    install = [str(UV), "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--python", venv, *wheels.glob("*.whl")], check=True)
    (site_packages,) = venv.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return venv / "bin"


@pytest.mark.skipif(not UV.exists(), reason="`make install` has not installed uv")
def test_a_sync_needs_no_project_and_writes_reports_and_its_home_alone(
    installed: Path, tmp_path: Path, database_url: str
) -> None:
    here = tmp_path / "empty"
    here.mkdir()
    with Sandbox(rows=500) as org:
        settings = {**org.settings(), "lag_seconds": 0}
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path / "nobody"),
            "DATABASE_URL": database_url,
            **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
        }
        done = subprocess.run(
            [installed / "taskwho", "sync", "--all"],
            cwd=here,
            env=variables,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_END,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert_equal_to_the_org(org, database_url)
        without = {name: value for name, value in variables.items() if name != "DATABASE_URL"}
        refused = subprocess.run(
            [installed / "taskwho", "sync"],
            cwd=tmp_path / "nobody" if (tmp_path / "nobody").exists() else tmp_path,
            env=without,
            capture_output=True,
            text=True,
            check=False,
        )
    assert sorted(path.name for path in here.iterdir()) == [".taskwho", "reports"]
    assert [path.name for path in (here / ".taskwho").iterdir() if any(path.iterdir())] == ["logs"]
    assert not (tmp_path / "nobody").exists()
    assert refused.returncode == 2
    assert refused.stderr.startswith("Error: DATABASE_URL is not set, ")
    assert "`taskwho prepare --embedded`" in refused.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"wheels", "venv", "empty"}
