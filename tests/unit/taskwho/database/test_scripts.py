"""The promotion's SQL files: named in running order, small, each with its header."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from taskwho.database.scripts import Scripts, names

ROOMS = ("database", "promotion")
FOLDERS = [Scripts(f"taskwho.{room}").folder for room in ROOMS]
NAMES = {entry.name: entry for folder in FOLDERS for entry in folder.iterdir()}
LINES, WIDTH = 80, 100


def test_files_of_the_promotion_are_numbered_in_the_order_of_their_running() -> None:
    names = sorted(entry.name for entry in FOLDERS[1].iterdir())
    assert all(re.fullmatch(r"\d\d_[a-z_]+\.sql", name) for name in names)
    numbers = [int(name[:2]) for name in names]
    assert all(earlier < later for earlier, later in pairwise(numbers))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_file_says_what_it_is_and_fits_into_the_head(name: str) -> None:
    text = NAMES[name].read_text("utf-8")
    header = "\n".join(line for line in text.splitlines() if line.startswith("--"))
    assert text.startswith("-- What: ")
    assert "Grain: " in header
    assert re.search(r"Reads( and writes)?: ", header)
    assert len(text.splitlines()) < LINES
    assert all(len(line) <= WIDTH for line in text.splitlines())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_keywords_are_lower_case(name: str) -> None:
    text = re.sub(r"--.*|'[^']*'", "", NAMES[name].read_text("utf-8"))
    assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|INSERT|UPDATE|CREATE|CASE|AS)\b", text)


def test_a_name_is_filled_in_as_an_identifier() -> None:
    statement = names(['a"b', "C"]).as_string()
    assert statement == '"a""b", "C"'
