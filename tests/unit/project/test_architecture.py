"""docs/architecture.md names every folder and module of a package; files and folders stay small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.size import PACKAGES

ROOT = Path(__file__).parents[3]
ROOMS = (ROOT / "docs" / "architecture.md").read_text("utf-8")
MOST_MODULES, MOST_LINES, MOST_SQL_LINES = 16, 300, 80
# folders whose files never change again
FROZEN = {"migrations", "dumps"}
BESIDE = {"__init__.py", "__main__.py", "__pycache__", "py.typed", "LICENSE"}


@pytest.mark.parametrize("folder", PACKAGES.values())
def test_the_page_names_the_rooms_of_a_package(folder: str) -> None:
    package = ROOT / folder
    table = ROOMS.split(f"\n| {package.name} | holds |\n")[1].split("\n\n")[0]
    named = {
        room
        for row in table.splitlines()
        for room in re.findall("`([a-z_]+)/?`", row.split("|")[1])
    }
    assert named == {entry.stem for entry in package.iterdir() if entry.name not in BESIDE}


@pytest.mark.parametrize("folder", PACKAGES.values())
def test_no_folder_holds_more_modules_than_a_reader_takes_in(folder: str) -> None:
    for module in (ROOT / folder).rglob("__init__.py"):
        modules = [file for file in module.parent.glob("*.py") if file != module]
        assert len(modules) <= MOST_MODULES, module.parent


@pytest.mark.parametrize(("ending", "most"), [("py", MOST_LINES), ("sql", MOST_SQL_LINES)])
def test_no_file_is_longer_than_a_reader_takes_in(ending: str, most: int) -> None:
    roots = [*PACKAGES.values(), "tests", "examples"]
    files = [file for root in roots for file in (ROOT / root).rglob(f"*.{ending}")]
    own = [file for file in files if not FROZEN & {*file.parts} and ".venv" not in file.parts]
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in own}
    assert {file: lines for file, lines in lengths.items() if lines > most} == {}
    assert lengths
