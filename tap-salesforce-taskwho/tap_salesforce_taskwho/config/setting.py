"""How one setting is declared: its kind, its words, its default."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config import values

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE_PREFIX = "TAP_SALESFORCE_TASKWHO_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a setting holds: how its value is read, and what a JSON schema says of it.

    `read` takes the setting's name and what people wrote, and raises UserError.
    """

    read: Callable[[str, object], object]
    json_type: str = "string"
    limits: tuple[tuple[str, object], ...] = ()


TEXT = Kind(read=values.read_text)
ADDRESS = Kind(read=values.read_address)
VERSION = Kind(read=values.read_version)
DATETIME = Kind(read=values.read_datetime)
END_DATETIME = Kind(read=partial(values.read_datetime, is_end=True))
RECORD_ID = Kind(read=values.read_id)
BOOLEAN = Kind(read=values.read_boolean, json_type="boolean")


def choice(allowed: tuple[str, ...]) -> Kind:
    """One of some words."""
    return Kind(
        read=partial(values.read_choice, allowed=allowed), limits=(("enum", list(allowed)),)
    )


def number(lowest: int, highest: int) -> Kind:
    """A whole number within limits."""
    return Kind(
        read=partial(values.read_number, lowest=lowest, highest=highest),
        json_type="integer",
        limits=(("minimum", lowest), ("maximum", highest)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A declared setting. `default` is what people would write; None where there is none."""

    name: str
    kind: Kind
    title: str
    description: str
    default: str | int | None
    secret: bool

    @property
    def variable(self) -> str:
        """The environment variable that holds it."""
        return f"{VARIABLE_PREFIX}{self.name.upper()}"

    def read(self, written: object) -> object:
        """Give the checked value, None where nothing is written; raises UserError."""
        return None if written is None else self.kind.read(self.name, written)

    def json_schema(self) -> dict[str, Any]:
        """Describe the setting as Singer's SDK and its `--about` do."""
        schema: dict[str, Any] = {"type": [self.kind.json_type, "null"], "title": self.title}
        if self.default is not None:
            schema["default"] = self.default
        schema["description"] = self.description
        if self.secret:
            schema |= {"secret": True, "writeOnly": True}
        return schema | dict(self.kind.limits)


def setting(
    kind: Kind,
    title: str,
    description: str,
    *,
    default: str | int | None = None,
    secret: bool = False,
) -> Any:  # noqa: ANN401 -- as dataclasses.field, it stands where a value of any type stands
    """Declare a field of `Settings`; a secret is left out of its repr."""
    words = {"kind": kind, "title": title, "description": description}
    return field(
        default=None, repr=not secret, metadata={**words, "default": default, "secret": secret}
    )
