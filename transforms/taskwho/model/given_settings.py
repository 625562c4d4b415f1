"""The settings of the promotion and the report, from a caller's values and the environment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.settings import SETTING_VALUE, UNKNOWN_SETTING
from taskwho.model.settings import SETTINGS, PostLoadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.model.settings import Setting

_TRUE, _FALSE = ("1", "true", "t", "yes", "y", "on"), ("0", "false", "f", "no", "n", "off")


def given_settings(given: Mapping[str, Any], variables: Mapping[str, str]) -> PostLoadSettings:
    """The values given by name, over TASKWHO_<NAME>, over the defaults.

    Raises Misconfigured for a name that is no setting and for a value that cannot be used.
    """
    known = [setting.name for setting in SETTINGS]
    for name in given:
        if name not in known:
            raise Misconfigured(UNKNOWN_SETTING, name=name, known=", ".join(known))
    return PostLoadSettings.from_values(
        {setting.name: _value(setting, given, variables) for setting in SETTINGS}
    )


def _value(setting: Setting, given: Mapping[str, Any], variables: Mapping[str, str]) -> object:
    found = given.get(setting.name)
    if found is None:
        names = filter(None, (setting.variable, setting.other_variable))
        found = next(filter(None, map(variables.get, names)), None)
    if found is None:
        return setting.default
    try:
        value = _as(setting.kind, found)
    except (TypeError, ValueError):
        raise _unusable(setting, found) from None
    low, high, choices = setting.at_least, setting.at_most, setting.choices
    if choices and value not in choices:
        raise _unusable(setting, found)
    if (low is not None and value < low) or (high is not None and value > high):
        raise _unusable(setting, found)
    return value


def _as(kind: type, value: object) -> Any:  # noqa: ANN401 - of that kind
    if kind is bool:
        word = str(value).strip().lower()
        if word not in (*_TRUE, *_FALSE):
            raise ValueError
        return word in _TRUE
    if kind is Path:
        return Path(str(value))
    return kind(value)


def _unusable(setting: Setting, value: object) -> Misconfigured:
    kinds = {bool: "true or false", int: "a whole number", float: "a number"}
    needed = " or ".join(setting.choices) or kinds.get(setting.kind, "text")
    if setting.at_least is not None:
        needed += f" of at least {setting.at_least}"
    if setting.at_most is not None:
        needed += f" and at most {setting.at_most}"
    return Misconfigured(
        SETTING_VALUE, name=setting.name, variable=setting.variable, value=value, needed=needed
    )
