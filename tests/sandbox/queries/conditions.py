"""One `field compare value` of a WHERE clause, and the literals that each type accepts."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.sandbox.errors import OrgError
from tests.sandbox.org import ids
from tests.sandbox.org.objects import OBJECTS
from tests.sandbox.org.timestamps import read

if TYPE_CHECKING:
    from collections.abc import Callable

COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# the literal of each type of field; all others are text
LITERALS = {"datetime": "datetime", "date": "date", "boolean": "boolean"}
SALESFORCE_NAMES = {"datetime": "dateTime", "text": "string"}


@dataclass(frozen=True)
class Condition:
    """`field compare value`, with datetimes and Ids as the org stores them."""

    field: str
    compare: str
    value: str | bool | frozenset[str] | None

    def holds(self, found: object) -> bool:
        """Whether a field's value matches; null is neither less nor greater than any value."""
        if isinstance(self.value, frozenset):
            return found in self.value
        if found is None and self.compare not in {"=", "!="}:
            return False
        if isinstance(self.value, str) and not isinstance(found, str | None):
            return False  # a test gave the field a value of another type
        return COMPARES[self.compare](found, self.value)


def condition(sobject: str, field: str, compare: str, kind: str, literal: str) -> Condition:
    """Check a literal of a kind (text, datetime, date, boolean, null) against the field's type."""
    of_field = OBJECTS[sobject][field]
    wanted = LITERALS.get(of_field, "text")
    if kind == "null" and compare in {"=", "!="}:
        return Condition(field, compare, None)
    if kind != wanted:
        raise OrgError(400, "INVALID_FIELD", _wrong_type(field, wanted))
    if wanted == "boolean":
        if compare not in {"=", "!="}:
            message = f"invalid operator for boolean field '{field}'"
            raise OrgError(400, "INVALID_QUERY_FILTER_OPERATOR", message)
        return Condition(field, compare, literal.lower() == "true")
    if wanted == "datetime":
        return Condition(field, compare, _moment(literal))
    text = literal if wanted == "date" else literal[1:-1]
    is_id = of_field in {"id", "reference"}
    return Condition(field, compare, _long_id(text) if is_id else text)


def one_of(sobject: str, field: str, literals: list[str]) -> Condition:
    """Check the texts of `field IN (...)` against the field's type."""
    found = {condition(sobject, field, "=", "text", literal).value for literal in literals}
    return Condition(field, "IN", frozenset(map(str, found)))


def _wrong_type(field: str, wanted: str) -> str:
    name = SALESFORCE_NAMES.get(wanted, wanted)
    quotes = "should be" if wanted == "text" else "should not be"
    return (
        f"value of filter criterion for field '{field}' must be of type {name} "
        f"and {quotes} enclosed in quotes"
    )


def _moment(literal: str) -> str:
    try:
        return read(literal)
    except ValueError as error:
        raise OrgError(400, "MALFORMED_QUERY", f"Invalid date time: {literal}") from error


def _long_id(text: str) -> str:
    try:
        return ids.long(text)
    except ValueError as error:
        message = f"invalid ID field: {text}"
        raise OrgError(400, "INVALID_QUERY_FILTER_OPERATOR", message) from error
