"""The options that several commands share, made from the declarations of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.terminal.help import SettingOption
from taskwho.model.settings import SETTINGS, PostLoadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from taskwho.model.settings import Setting

    Command = Callable[..., Any]


def _option(setting: Setting, kind: type[click.Option]) -> Callable[[Command], Command]:
    flag = "--" + setting.name.replace("_", "-")
    return click.option(
        f"{flag}/--no-{flag[2:]}" if setting.kind is bool else flag,
        cls=kind,
        envvar=list(filter(None, [setting.variable, setting.other_variable])),
        type=_type(setting),
        default=setting.default,
        help=setting.meaning,
        show_envvar=True,
        show_default=setting.default != "",
    )


def _type(setting: Setting) -> click.ParamType[Any] | type:
    if setting.choices:
        return click.Choice(setting.choices)
    if setting.kind is Path:
        is_folder = setting.default is not None
        return click.Path(file_okay=not is_folder, dir_okay=is_folder, path_type=Path)
    if setting.kind is int:
        return click.IntRange(setting.at_least, setting.at_most)
    if setting.kind is float:
        return click.FloatRange(setting.at_least, setting.at_most)
    return setting.kind


# of the commands that take this setting alone
[reports_dir_option] = (_option(it, click.Option) for it in SETTINGS if it.name == "reports_dir")


def post_load_options(command: Command) -> Command:
    """Add the options of the promotion, none for a secret. `to_settings` takes their values."""
    for setting in reversed(SETTINGS):
        if not setting.secret:
            command = _option(setting, SettingOption)(command)
    return command


def to_settings(given: Mapping[str, Any]) -> PostLoadSettings:
    """The settings from the options' values."""
    return PostLoadSettings.from_values(given)
