"""`taskwho sync --config FILE`: settings in TOML, under flags, environment and .env."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.settings import CONFIG_UNREADABLE, UNKNOWN_SETTING
from taskwho.model.salesforce_settings import NAMES, PREFIX
from taskwho.model.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TASKWHO = ("home", "streams", *(setting.name for setting in SETTINGS))
_KNOWN = ("database_url", *(f"salesforce.{n}" for n in NAMES), *(f"taskwho.{n}" for n in _TASKWHO))


def read(file: Path) -> dict[str, Any]:
    """The settings by `database_url`, `salesforce.<name>` and `taskwho.<name>`.

    Raises Misconfigured for a file that is no TOML, and for a key that is no setting.
    """
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured(CONFIG_UNREADABLE, file=file, error=error) from None
    found: dict[str, Any] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            found |= {f"{key}.{name}": below for name, below in value.items()}
        else:
            found[key] = value
    for key in found:
        if key not in _KNOWN:
            raise Misconfigured(UNKNOWN_SETTING, name=key, known=", ".join(_KNOWN))
    return found


def section(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The settings of one section by their own names."""
    prefix = f"{name}."
    return {key.removeprefix(prefix): v for key, v in found.items() if key.startswith(prefix)}


def not_in_environment(salesforce: dict[str, Any]) -> dict[str, Any]:
    """The tap's settings that no variable sets."""
    return {n: v for n, v in salesforce.items() if not os.environ.get(PREFIX + n.upper())}
