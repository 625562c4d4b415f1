"""The section of the page of reference about commands: what `--help` knows."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from target_postgres_taskwho.target import TargetPostgresTaskWho
from taskwho.cli import cli
from taskwho.model.settings import SETTINGS

from tests.docs.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """
## Commands

Every command shows its flags and examples with `--help`. A run's summary has at most five lines of
80 columns. They have colour on a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`;
`FORCE_COLOR` asks for it elsewhere. With `--json`, standard output has the result and nothing else.

One line lets the shell complete commands, flags and their values with the tab key:

- bash 4.4 or later, in `~/.bashrc`: `eval "$(_TASKWHO_COMPLETE=bash_source taskwho)"`
- zsh, in `~/.zshrc` after `compinit`: `eval "$(_TASKWHO_COMPLETE=zsh_source taskwho)"`
- fish, in `~/.config/fish/completions/taskwho.fish`:
  `_TASKWHO_COMPLETE=fish_source taskwho | source`

`taskwho` has to be on the `PATH`. A command that is called by its path, as `.venv/bin/taskwho`, is
not completed.
"""
SHARED = {setting.name for setting in SETTINGS if not setting.secret}
OF_THE_SDK = {
    "tap-salesforce-taskwho": TapSalesforceTaskWho.cli,
    "target-postgres-taskwho": TargetPostgresTaskWho.cli,
}


def section() -> str:
    """All commands."""
    ours = (_command(f"taskwho {name}", command) for name, command in cli.commands.items())
    others = (_command(name, command) for name, command in OF_THE_SDK.items())
    return "".join([HEAD, *ours, *others])


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    pieces = command.collect_usage_pieces(context)
    text = inspect.cleandoc(command.help or "")
    own = table(("flag", "meaning"), _own_flags(command, context))
    parts = [f"### {name}", code(" ".join([name, *pieces])), text]
    parts += [own.rstrip()] if "\n" in own.strip().replace("---", "").strip("| \n") else []
    parts += [_shared(command)] if _shared(command) else []
    if examples := getattr(command, "examples", ()):
        parts += ["```sh\n" + "\n".join(examples) + "\n```"]
    return "\n" + "\n\n".join(parts) + "\n"


def _own_flags(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for option in command.params:
        if not isinstance(option, click.Option) or option.name in SHARED or option.hidden:
            continue
        flags, meaning = option.get_help_record(context) or ("", "")
        yield code(flags), meaning


def _shared(command: click.Command) -> str:
    """List the flags that are settings. The section of settings describes those."""
    names = [option.name for option in command.params if option.name in SHARED]
    if len(names) == len(SHARED):
        return "Also every flag of [settings of taskwho](#settings-of-taskwho)."
    flags = ", ".join(code("--" + (name or "").replace("_", "-")) for name in names)
    return f"Also {flags} of [settings of taskwho](#settings-of-taskwho)." if names else ""
