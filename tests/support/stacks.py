"""Environments of other people's stacks: virtual ones, each with its own packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.support.checkout import ROOT

SECONDS_TO_INSTALL = 600
FOLDERS = {
    "tap-salesforce-taskwho": "tap-salesforce-taskwho",
    "target-postgres-taskwho": "target-postgres-taskwho",
    "taskwho": "transforms",
}


@cache
def folder() -> Path:
    """Where this process keeps wheels and environments; TEST_STACKS_DIR keeps them for later."""
    kept = os.environ.get("TEST_STACKS_DIR")
    return Path(kept) if kept else Path(mkdtemp(prefix="taskwho-stacks-"))


@cache
def wheel(distribution: str) -> Path:
    """Build a distribution of this project, and give its wheel."""
    place = folder() / "wheels" / distribution
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(
        [*build, "--directory", place],
        cwd=ROOT / FOLDERS[distribution],
        check=True,
        capture_output=True,
    )
    return max(place.glob("*.whl"), key=lambda file: file.stat().st_mtime)


@cache
def environment(name: str, *packages: str) -> Path:
    """Make a virtual environment, and give its folder of commands.

    Packages are names for pip, or names of this project's distributions, with extras. Skips the
    test where the registry lacks one.
    """
    place = folder() / name
    wanted = [_requirement(package) for package in packages]
    if any(package.partition("[")[0] in FOLDERS for package in packages):
        # what they need of each other
        wanted += [f"--find-links={wheel(distribution).parent}" for distribution in FOLDERS]
    try:
        if not (place / "bin" / "python").exists():
            _uv("venv", "--python", sys.executable, place)
        _uv("pip", "install", "--python", place / "bin" / "python", *wanted)
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.split())
        pytest.skip(f"{name} cannot be installed: {said[:200]}")
    except subprocess.TimeoutExpired:
        pytest.skip(f"{name} cannot be installed in {SECONDS_TO_INSTALL} seconds")
    return place / "bin"


def _uv(*words: str | Path) -> None:
    """Run uv, which installs some hundred packages in seconds; `make install` has put it there."""
    subprocess.run(
        [ROOT / ".uv" / "bin" / "uv", "--quiet", *words],
        cwd=ROOT,  # for the settings of uv in pyproject.toml
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_INSTALL,
    )


@cache
def resolved(python: str, resolution: str) -> Path:
    """Make an environment of one Python with the wheels, and give its folder of commands.

    What they depend on has the lowest or the highest version that they allow, as uv's setting
    `resolution` says. Skips the test where there is no such Python.
    """
    place = folder() / f"{python}-{resolution}"
    wheels = [wheel(distribution) for distribution in FOLDERS]
    # uv takes the lowest version only of what it is given itself
    wanted = [each for name in FOLDERS.values() for each in _dependencies(name)]
    _uv("venv", "--allow-existing", "--python", _interpreter(python), place)
    _uv("pip", "install", "--python", place, "--resolution", resolution, *wheels, *wanted)
    return place / "bin"


def _interpreter(version: str) -> str:
    found = [
        *(Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"),
        *filter(None, [shutil.which(f"python{version}")]),
    ]
    for path in map(str, found):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        if said.stdout.startswith(f"Python {version}."):
            return path
    pytest.skip(f"there is no Python {version} here")


def _dependencies(name: str) -> list[str]:
    project = tomllib.loads((ROOT / name / "pyproject.toml").read_text("utf-8"))["project"]
    found: list[str] = project["dependencies"]
    return found


def _requirement(package: str) -> str:
    distribution, bracket, extras = package.partition("[")
    if distribution not in FOLDERS:
        return package
    return f"{distribution}{bracket}{extras} @ {wheel(distribution).as_uri()}"
