"""CONTRIBUTING.md names files, commands and make targets that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.size import PACKAGES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
QUOTED = set(re.findall(r"`([^`\n]+)`", PAGE))
# made by who follows the recipe
TO_BE_MADE = {
    "taskwho/database/migrations/NNNN_words.sql",
    "taskwho/promotion/tables/sql/create_leads.sql",
}
PATHS = sorted(
    name for name in QUOTED if re.fullmatch(r"(tap|loader|taskwho|tests)/[\w./-]*", name)
)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_exists(path: str) -> None:
    package, _, rest = path.partition("/")
    folder = PACKAGES.get(package, package)
    file = ROOT / folder / rest
    assert (file.parent if path in TO_BE_MADE else file).exists()


def test_the_make_targets_exist() -> None:
    named = set(re.findall(r"`make ([a-z]+)", PAGE))
    assert named <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
