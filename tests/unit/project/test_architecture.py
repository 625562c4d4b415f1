"""docs/architecture.md names every room of every package, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.size import PACKAGES

ROOT = Path(__file__).parents[3]
ROOMS = (ROOT / "docs" / "architecture.md").read_text("utf-8")
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
