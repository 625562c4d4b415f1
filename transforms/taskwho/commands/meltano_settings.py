"""Settings of the tap that a meltano.yml holds, and that `taskwho sync` does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.model.salesforce_settings import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAP = "tap-salesforce-taskwho"


def unread(project: Path) -> list[str]:
    """Their names; none where there is no meltano.yml, or none that can be read."""
    file = project / "meltano.yml"
    if not file.is_file():
        return []
    import yaml

    try:
        # both are safe; the one in C takes a tenth of the time
        document = yaml.load(file.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (OSError, yaml.YAMLError):
        return []  # Meltano says what is wrong with it
    names = {name for config in _configs(document) for name in config}
    return [name for name in NAMES if name in names]


def _configs(document: object) -> Iterator[dict[str, Any]]:
    """The `config` of each plugin that is this tap, also in environments."""
    if isinstance(document, dict):
        name, parent = str(document.get("name")), document.get("inherit_from")
        config = document.get("config")
        if _TAP in {name, parent} and isinstance(config, dict):
            yield config
        for below in document.values():
            yield from _configs(below)
    elif isinstance(document, list):
        for below in document:
            yield from _configs(below)
