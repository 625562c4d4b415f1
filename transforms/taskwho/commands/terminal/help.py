"""What `--help` shows: the options of a command itself, and examples that work."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SETTINGS = (
    "Every flag of `taskwho post-load` counts too: tables, reports, goals. `taskwho post-load "
    "--help` shows them, docs/reference.md describes all."
)


class SettingOption(click.Option):
    """A setting of the promotion, which several commands take and one of them describes."""


class Command(click.Command):
    """A command with examples. `describes_settings` is true for the one that describes them."""

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - click's
        examples: Sequence[str] = (),
        describes_settings: bool = False,
        **more: Any,  # noqa: ANN401 - click's
    ) -> None:
        super().__init__(*given, **more)
        self.examples, self._describes_settings = examples, describes_settings

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, without the settings that another command describes."""
        params = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        shown = params
        if not self._describes_settings:
            shown = [one for one in params if not isinstance(one, SettingOption)]
        records = filter(None, (one.get_help_record(ctx) for one in shown))
        with formatter.section("Options"):
            formatter.write_dl(list(records))
        if len(shown) < len(params):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_SETTINGS)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, one a line, to be copied."""
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)


class LazyCommands(UserDict[str, Any]):
    """Commands by name. Each is imported when it is asked for: a program needs one of them."""

    def __init__(self, package: str, names: Iterable[str]) -> None:
        super().__init__({name: name.replace("-", "_") for name in names})
        self._package = package

    def __getitem__(self, name: str) -> click.Command:
        """Import the command's module; raises KeyError where there is no such command."""
        module = self.data[name]
        command: click.Command = getattr(import_module(f"{self._package}.{module}"), module)
        return command


class Commands(click.Group):
    """The commands in their order."""

    examples = (
        "taskwho prepare --embedded    # only without a PostgreSQL of your own",
        "taskwho doctor                # what is missing, and how to fix it",
        "taskwho sync --all            # users, contacts, tasks, then relations",
    )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, not by the alphabet."""
        del ctx
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to begin, then the exit codes."""
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """A section of lines that are not wrapped."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
