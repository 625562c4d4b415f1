"""The pages for people: their headings, links, blocks of code, and the commands in them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = sorted(
    page for pattern in ("*.md", "docs/*.md", "[a-z]*/README.md") for page in ROOT.glob(pattern)
)
GENERATED = {ROOT / "docs" / name for name in ("errors.md", "reference.md", "tables.md")}
# README and the pages that people write by hand
WRITTEN = [ROOT / "README.md", *sorted(set((ROOT / "docs").glob("*.md")) - GENERATED)]
PROGRAMS = ("taskwho", "tap-salesforce-taskwho", "target-postgres-taskwho", "meltano", "make")
# of the shell, between two commands
PUNCTUATION = set("();<>|&")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code on a page."""

    page: Path
    language: str
    text: str


def name_of(page: Path) -> str:
    """The path of a page in the checkout, as the name of a test."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, *languages: str) -> list[Block]:
    """The blocks of code of some languages; of all where none is given."""
    found = (Block(page, *match) for match in _BLOCK.findall(page.read_text("utf-8")))
    return [block for block in found if not languages or block.language in languages]


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return _BLOCK.sub("", page.read_text("utf-8"))


def links(page: Path) -> list[str]:
    """Where the links of a page go."""
    return _LINK.findall(_INLINE.sub("", prose(page)))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    seen: dict[str, int] = {}
    found = set()
    for heading in _HEADING.findall(prose(page)):
        slug = re.sub(r"[^\w\- ]", "", _LINK.sub("", heading).lower().strip()).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found.add(f"{slug}-{count}" if count else slug)
    return found


def commands(page: Path) -> Iterator[list[str]]:
    """Every command of ours on a page: program and arguments, in blocks and in the prose."""
    for block in blocks(page, "sh", "cron", "ini", "dockerfile"):
        for line in block.text.replace("\\\n", " ").splitlines():
            yield from commands_in(line)
    for code in _INLINE.findall(prose(page)):
        if code.split()[0].rpartition("/")[2] in PROGRAMS:
            yield from commands_in(code.replace("\\|", "or"))


def commands_in(line: str) -> Iterator[list[str]]:
    """The commands of ours in a line of a shell, of a crontab or of a unit of systemd."""
    command: list[str] = []
    for word in [*_words(line), ";"]:
        if set(word) <= PUNCTUATION:
            if len(command) > 1:
                yield command
            command = []
        elif command:
            command.append(word)
        elif (name := word.rpartition("/")[2]) in PROGRAMS:
            command = [name]


def _words(line: str) -> list[str]:
    reader = shlex.shlex(line, posix=True, punctuation_chars=True)
    reader.whitespace_split = True
    try:
        return list(reader)
    except ValueError:  # no line of a shell: an apostrophe in printed text
        return []
