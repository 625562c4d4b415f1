"""The files of examples: what they name exists, cron and systemd accept theirs, a page has all."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.docs.settings import env_example
from tests.support.checkout import BIN, ROOT
from tests.support.pages import blocks, commands_in, links
from tests.unit.project.test_pages import PROGRAMS, check, check_calls

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "examples"
FILES = sorted(
    file for file in EXAMPLES.rglob("*") if file.is_file() and "__pycache__" not in file.parts
)
PAGE = ROOT / "docs" / "production.md"
VARIABLES = {name for name, _ in env_example()}
# minute, hour, day of the month, month, day of the week
CRON = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def name_of(file: Path) -> str:
    return file.relative_to(EXAMPLES).as_posix()


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_an_example_names_variables_and_commands_that_there_are(file: Path) -> None:
    text = file.read_text("utf-8")
    named = set(re.findall(r"\b((?:TASKWHO|TAP_SALESFORCE_TASKWHO)_[A-Z_]+)\b", text))
    assert {name for name in named if not name.endswith("_")} <= VARIABLES
    if file.suffix == ".py":
        check_calls(ast.parse(text))
        return
    if file.suffix == ".yaml":
        yaml.safe_load(text)
    for line in text.splitlines():
        for name, *arguments in [] if line.startswith("#") else commands_in(line):
            check(PROGRAMS[name], arguments)


def test_the_page_lists_every_example() -> None:
    linked = {link.removeprefix("../examples/") for link in links(PAGE)}
    assert {file.parent.name for file in FILES} <= {link.partition("/")[0] for link in linked}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    units = []
    for file in sorted((EXAMPLES / "systemd").iterdir()):
        units.append(tmp_path / file.name)
        text = re.sub(r"^ExecStart=\S+/", f"ExecStart={BIN}/", file.read_text(), flags=re.MULTILINE)
        units[-1].write_text(text)
    assert [unit.suffix for unit in units] == [".service", ".timer"]
    command = ["systemd-analyze", "verify", *map(str, units)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_lines_of_the_crontabs_have_five_times_and_a_command() -> None:
    texts = [(EXAMPLES / "cron" / "taskwho").read_text()]
    texts += [block.text for block in blocks(PAGE, "cron")]
    lines = [line for text in texts for line in text.splitlines()]
    jobs = [line for line in lines if not re.match(r"#|[A-Z]+=", line)]
    assert len(jobs) > len(texts)
    for line in jobs:
        *times, command = line.split(maxsplit=5)
        for time, (least, most) in zip(times, CRON, strict=True):
            assert time == "*" or least <= int(time) <= most, line
        assert "%" not in command  # cron makes a line break of it
