"""A dataclass as a JSON document, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class Document:
    """A dataclass that can be made again from its own JSON, also from a later version's.

    `from` is a keyword in Python and a name in JSON.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote; keys it does not know are passed over."""
        keys = [(name, name.removesuffix("_")) for name in cls.__dataclass_fields__]
        return cls(**{name: document[key] for name, key in keys if key in document})

    def to_dict(self) -> dict[str, Any]:
        """Name every value as JSON does; lists are not copied."""
        return {name.removesuffix("_"): getattr(self, name) for name in self.__dataclass_fields__}


def plain(value: Any) -> Any:  # noqa: ANN401 -- whatever a result holds
    """A value without documents in it; rows of the journal are JSON already."""
    if isinstance(value, Document):
        return value.to_dict()
    if isinstance(value, list):
        return [each.to_dict() if isinstance(each, Document) else each for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value
