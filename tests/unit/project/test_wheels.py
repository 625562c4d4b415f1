"""Each package's wheel holds every file of the package, and the license."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from email import message_from_bytes
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "0.2.0"
PACKAGES = {
    "tap-salesforce-taskwho": "tap_salesforce_taskwho",
    "target-postgres-taskwho": "target_postgres_taskwho",
    "transforms": "taskwho",
}


@pytest.fixture(params=PACKAGES)
def folder(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def wheel(folder: str, tmp_path: Path) -> Path:
    """The wheel of a package."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT / folder,
        check=True,
        capture_output=True,
    )
    (found,) = tmp_path.glob("*.whl")
    return found


def test_a_wheel_says_what_it_is_whose_and_where_more_is_said(wheel: Path) -> None:
    with ZipFile(wheel) as built:
        (file,) = (name for name in built.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(built.read(file))
    urls = dict(url.split(", ") for url in metadata.get_all("Project-URL", []))
    assert set(urls) == {"Homepage", "Documentation", "Repository", "Changelog", "Issues"}
    assert all(url.startswith(urls["Homepage"]) for url in urls.values())
    assert metadata["Version"] == VERSION
    assert metadata["Summary"]
    assert metadata["Author"]
    assert metadata["License-Expression"] == "Apache-2.0"
    classifiers = metadata.get_all("Classifier", [])
    pythons = {name.rpartition(" ")[2] for name in classifiers if "Python :: 3." in name}
    assert pythons == {"3.11", "3.12", "3.13"}
    readme = str(metadata.get_payload())
    assert len(readme) > 1_000
    # what is read in a registry has no files beside it
    linked = re.findall(r"\]\(([^)]*)\)", readme)
    assert [link for link in linked if not link.startswith("https://")] == []
    assert "pip install ./" not in readme


def test_the_extra_sync_brings_the_pair_of_the_same_release() -> None:
    project = tomllib.loads((ROOT / "transforms" / "pyproject.toml").read_text())["project"]
    pair = ("tap-salesforce-taskwho", "target-postgres-taskwho")
    assert project["optional-dependencies"]["sync"] == [f"{name}=={VERSION}" for name in pair]


def test_a_wheel_holds_the_package_and_the_license(folder: str, wheel: Path) -> None:
    with ZipFile(wheel) as built:
        names = set(built.namelist())
        (license_file,) = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
        assert built.read(license_file) == (ROOT / "LICENSE").read_bytes()
    assert {name for name in names if ".dist-info/" not in name} == _files(folder)


def _files(folder: str) -> set[str]:
    package = ROOT / folder / PACKAGES[folder]
    files = (path for path in package.rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT / folder)) for path in files if path.suffix != ".pyc"}
