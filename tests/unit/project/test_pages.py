"""The pages for people: links that lead somewhere, commands that can be run."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from typing import TYPE_CHECKING, Any

import click
import pytest
import taskwho
import yaml
from meltano.cli.cli import cli as meltano
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from target_postgres_taskwho.target import TargetPostgresTaskWho
from taskwho.cli import cli

from tests.docs import errors
from tests.support.checkout import ROOT
from tests.support.pages import (
    PAGES,
    WRITTEN,
    anchors,
    blocks,
    commands,
    commands_in,
    links,
    name_of,
)

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS: dict[str, click.Command] = {
    "taskwho": cli,
    "tap-salesforce-taskwho": TapSalesforceTaskWho.cli,
    "target-postgres-taskwho": TargetPostgresTaskWho.cli,
    "meltano": meltano,
}
PROJECT: dict[str, Any] = yaml.safe_load((ROOT / "meltano.yml").read_text("utf-8"))
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
PLACEHOLDER = re.compile(r"\[?[A-Z]+\]?|…|\.\.\.")
ALL_COMMANDS = {
    f"{name_of(page)}: {' '.join(command)}": command
    for page in (*WRITTEN, errors.PAGE)
    for command in commands(page)
}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        if path.startswith(("https://", "mailto:")):
            continue
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("command", ALL_COMMANDS.values(), ids=ALL_COMMANDS)
def test_a_command_is_one_that_there_is(command: list[str]) -> None:
    name, *arguments = command
    if name == "make":
        assert arguments[0] in TARGETS
        return
    check(PROGRAMS[name], arguments)
    if name == "meltano" and "run" in arguments:
        runs(arguments[arguments.index("run") + 1 :])


def check(command: click.Command, arguments: list[str]) -> None:
    """Parse arguments as the command does; files need not exist, placeholders are any value."""
    context = click.Context(command, info_name=command.name)
    context.allow_interspersed_args = not isinstance(command, click.Group)
    given, rest, _ = command.make_parser(context).parse_args(list(arguments))
    if isinstance(command, click.Group):
        found = command.get_command(context, rest[0]) if rest else None
        assert found or not rest, f"there is no command {rest[0]}"
        if found:
            check(found, rest[1:])
        return
    assert not rest, rest
    for option in command.params:
        value = given.get(option.name or "")
        if isinstance(value, str) and not isinstance(option.type, click.Path | click.File):
            assert (
                PLACEHOLDER.fullmatch(value) or option.type_cast_value(context, value) is not None
            )


def runs(arguments: list[str]) -> None:
    """Check that `meltano run` is asked for jobs and plugins of the project."""
    plugins = [plugin for kind in PROJECT["plugins"].values() for plugin in kind]
    known = {job["name"] for job in PROJECT["jobs"]} | {plugin["name"] for plugin in plugins}
    assert {word for word in arguments if not word.startswith("--")} <= known


@pytest.mark.parametrize(
    "line",
    [
        "taskwho sync --mod full",
        "taskwho sync --mode fulll",
        "taskwho synch",
        "5 * * * * cd /srv && .venv/bin/taskwho report one",
    ],
)
def test_a_command_that_there_is_not_is_found(line: str) -> None:
    [[name, *arguments]] = commands_in(line)
    with pytest.raises((click.UsageError, AssertionError)):
        check(PROGRAMS[name], arguments)


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_the_files_in_blocks_can_be_read(page: Path) -> None:
    for block in blocks(page, "toml"):
        tomllib.loads(block.text)
    for block in blocks(page, "yaml"):
        yaml.safe_load(block.text)
    for block in blocks(page, "python"):
        check_calls(ast.parse(block.text))


def check_calls(tree: ast.Module) -> None:
    """Check the names and arguments of all that is called of the package `taskwho`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        if node.value.id == "taskwho":
            assert node.attr in taskwho.__all__, node.attr
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("taskwho."):
            function = getattr(taskwho, ast.unparse(node.func).partition(".")[2])
            names = [keyword.arg for keyword in node.keywords]
            assert set(names) <= set(inspect.signature(function).parameters), names


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_a_message_that_a_page_quotes_is_one_that_there_is(page: Path) -> None:
    known = errors.PAGE.read_text("utf-8")
    for quoted in re.findall(r"“([^”]+)”", page.read_text("utf-8")):
        assert quoted in known, quoted
