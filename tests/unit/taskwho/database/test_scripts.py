"""The SQL files beside their modules: named in words, small, each with its header."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import taskwho
from taskwho.database.scripts import names

PACKAGE = Path(taskwho.__file__).parent
NAMES = {str(path.relative_to(PACKAGE)): path for path in PACKAGE.rglob("sql/*.sql")}
LINES, WIDTH = 80, 100


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_file_is_named_in_words(name: str) -> None:
    assert re.fullmatch(r"[a-z_]+", NAMES[name].stem)


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
