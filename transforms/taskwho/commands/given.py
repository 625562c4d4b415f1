"""What `taskwho sync` and `taskwho verify` are given: flags, environment, `.env`, a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands import config_file
from taskwho.model import project
from taskwho.model.dotenv_file import URL_NAME
from taskwho.model.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping


def _read_config(context: click.Context, _: click.Parameter, file: Path | None) -> dict[str, Any]:
    """Settings of the file, also as defaults of the options that take their place."""
    found = config_file.read(file) if file else {}
    # for the options that have a key of the same name
    context.default_map = config_file.section(found, "taskwho")
    return found


config_option = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    is_eager=True,
    callback=_read_config,
    help="A TOML file: database_url, [salesforce] and [taskwho]. Everything else wins over it.",
)


def arguments(config: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the API that both commands share; a variable wins over the file."""
    from taskwho.pipeline.starting.database_url import require_database

    root, url = project.root(), config.get("database_url")
    if url is None or os.environ.get(URL_NAME):
        url = require_database(root)  # the embedded one is started
    home = os.environ.get("TASKWHO_HOME") or config.get("taskwho.home")
    salesforce = config_file.section(config, "salesforce")
    secrets = {
        setting.name: config.get(f"taskwho.{setting.name}")
        for setting in SETTINGS
        if setting.secret and not os.environ.get(setting.variable)
    }
    return {
        "database_url": url,
        "salesforce": config_file.not_in_environment(salesforce),
        "settings": {**settings, **secrets},
        "home": home or project.own_path(root),
    }
