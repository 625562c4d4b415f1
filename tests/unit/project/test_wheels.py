"""Each package's wheel holds every file of the package, and the license."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = {
    "tap-salesforce-taskwho": "tap_salesforce_taskwho",
    "target-postgres-taskwho": "target_postgres_taskwho",
    "transforms": "taskwho",
}


@pytest.fixture(params=PACKAGES)
def folder(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_a_wheel_holds_the_package_and_the_license(folder: str, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT / folder,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as built:
        names = set(built.namelist())
        (license_file,) = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
        assert built.read(license_file) == (ROOT / "LICENSE").read_bytes()
    assert {name for name in names if ".dist-info/" not in name} == _files(folder)


def _files(folder: str) -> set[str]:
    package = ROOT / folder / PACKAGES[folder]
    files = (path for path in package.rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT / folder)) for path in files if path.suffix != ".pyc"}
