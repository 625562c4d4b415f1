"""The README is one page, and leads to all others."""

from __future__ import annotations

import re

from tests.support.checkout import ROOT
from tests.support.pages import links

PAGE = ROOT / "README.md"
README = PAGE.read_text("utf-8")


def test_the_readme_is_a_page() -> None:
    assert len(README.splitlines()) <= 150


def test_the_first_screen_shows_the_demo_and_what_it_prints() -> None:
    first_screen = "\n".join(README.splitlines()[:30])
    assert "make demo" in first_screen
    assert "sf_taskwhorelations equals the org" in first_screen


def test_the_readme_leads_to_every_page() -> None:
    pages = {page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")}
    assert pages | {"CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} <= set(links(PAGE))


def test_a_newcomer_sees_the_commands_of_the_first_day() -> None:
    named = set(re.findall(r"\.venv/bin/taskwho ([a-z-]+)", README))
    assert {"prepare", "doctor", "sync"} <= named
