"""The sections of the page of reference about settings: of tap, loader and taskwho."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import yaml
from tap_salesforce_taskwho.config.settings import SETTINGS as TAP_SETTINGS
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from target_postgres_taskwho.target import TargetPostgresTaskWho
from taskwho.model.settings import SETTINGS

from tests.docs.markdown import code, default, table
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from singer_sdk.plugin_base import PluginBase
    from tap_salesforce_taskwho.config.setting import Setting as TapSetting
    from taskwho.model.settings import Setting

TAP = """
## Settings of the tap

Under Meltano they stand in `meltano.yml`, for `taskwho sync` in the table `[salesforce]` of
`--config FILE`. The environment goes before both. Settings marked *secret* belong in the
environment or in `.env`.

"""
TAP_SDK = """
### Settings that the tap has from the Singer SDK

`tap-salesforce-taskwho --about` shows their parts. `taskwho sync` sets `batch_config` itself.

"""
TASKWHO = """
## Settings of taskwho

Each one is a flag of the commands, a variable, and a key of the table `[taskwho]` of
`--config FILE`. A flag goes before the variable. A flag that ends in `/--no-…` can be given
either way. A secret has no flag: others on the machine can read command lines.

"""
OTHERS = """
## Other variables

They have no flag.

"""
LOADER = """
## Settings of the loader

They are those of target-postgres. `taskwho sync` and `meltano.yml` set what the column *set to*
shows, and nobody has to change it. The database is that of `DATABASE_URL`.

"""


def tap() -> str:
    """The tap's settings, its own first."""
    own = [setting.name for setting in TAP_SETTINGS]
    rows = ((*_tap_row(s), _tap_meaning(s)) for s in TAP_SETTINGS)
    more = (row[:4] for row in _of_the_sdk(TapSalesforceTaskWho) if row[0].strip("`") not in own)
    headings = ("setting", "variable", "default", "meaning")
    return TAP + table(headings, rows) + TAP_SDK + table(headings, more)


def taskwho() -> str:
    """The settings of the promotion and the report."""
    rows = ((_flag(s), code(s.variable), default(s.default), _limits(s)) for s in SETTINGS)
    return TASKWHO + table(("flag", "variable", "default", "meaning"), rows)


def others() -> str:
    """The variables that .env.example lists and that are no settings of the kinds above."""
    known = {s.variable for s in TAP_SETTINGS} | {s.variable for s in SETTINGS}
    rows = ((code(name), text) for name, text in env_example() if name not in known)
    return OTHERS + table(("variable", "meaning"), rows)


def loader() -> str:
    """The loader's settings, with what this product sets them to."""
    headings = ("setting", "variable", "default", "set to", "meaning")
    given = _given_to_the_loader()
    rows = (
        (name, variable, standard, _as_given(given.get(name.strip("`"))), meaning)
        for name, variable, standard, meaning in _of_the_sdk(TargetPostgresTaskWho)
    )
    return LOADER + table(headings, rows)


def env_example() -> Iterator[tuple[str, str]]:
    """The variables of .env.example, each with the comment above it."""
    comment: list[str] = []
    for line in (ROOT / ".env.example").read_text("utf-8").splitlines():
        if line.startswith("# "):
            comment.append(line.removeprefix("# "))
            continue
        if line.endswith("="):
            yield line.removesuffix("="), " ".join(comment)
        comment = []


def _tap_row(setting: TapSetting) -> tuple[str, str, str]:
    return code(setting.name), code(setting.variable), default(setting.default)


def _tap_meaning(setting: TapSetting) -> str:
    schema = setting.json_schema()
    text = ("*Secret.* " if setting.secret else "") + setting.description
    if choices := schema.get("enum"):
        text += f" One of {', '.join(map(code, choices))}."
    if "minimum" in schema:
        text += f" From {schema['minimum']:,} to {schema['maximum']:,}."
    return text


def _flag(setting: Setting) -> str:
    if setting.secret:
        return "*none: secret*"
    flag = "--" + setting.name.replace("_", "-")
    return code(f"{flag}/--no-{flag[2:]}" if setting.kind is bool else flag)


def _limits(setting: Setting) -> str:
    text = setting.meaning
    if setting.at_least is not None and setting.at_most is not None:
        text += f" From {setting.at_least} to {setting.at_most}."
    elif setting.at_least is not None:
        text += f" At least {setting.at_least}."
    if setting.other_variable:
        text += f" Also the variable `{setting.other_variable}`."
    return text


def _of_the_sdk(plugin: type[PluginBase]) -> Iterator[tuple[str, str, str, str]]:
    """The settings in a plugin's JSON schema: name, variable, default, description."""
    schema: dict[str, Any] = copy.deepcopy(plugin.config_jsonschema)
    plugin.append_builtin_config(schema)
    prefix = plugin.name.upper().replace("-", "_")
    for name, entry in schema["properties"].items():
        standard = entry.get("default")
        standard = getattr(standard, "value", standard)  # some are members of an enum
        variable = f"{prefix}_{name.upper()}"
        yield code(name), code(variable), default(standard), entry.get("description") or ""


def _as_given(value: object) -> str:
    return code(json.dumps(value)) if isinstance(value, dict) else default(value)


def _given_to_the_loader() -> dict[str, Any]:
    plugins = yaml.safe_load((ROOT / "meltano.yml").read_text("utf-8"))["plugins"]
    (found,) = plugins["loaders"]
    given: dict[str, Any] = found["config"]
    return given
