"""Reads SOQL by a grammar; everything the grammar does not hold is refused as Salesforce would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import LarkError

from tests.sandbox import ids
from tests.sandbox.errors import OrgError
from tests.sandbox.objects import OBJECTS

GRAMMAR = Lark((Path(__file__).parent / "soql.lark").read_text(), start="query", parser="lalr")
# what reads like a query and changes something (SOQL grammar of the v68 guide)
SIDE_EFFECTS = re.compile(
    r"\bFOR\s+(VIEW|REFERENCE|UPDATE)\b|\bUPDATE\s+(TRACKING|VIEWSTAT)\b|\bSET\s+OPTIONS\b"
    r"|\bALL\s+ROWS\b|\bOFFSET\b",
    re.IGNORECASE,
)
STRINGS = re.compile(r"'[^']*'")
LONGEST = 100_000


@dataclass(frozen=True)
class Condition:
    """`field compare value`; datetimes as the org stores them."""

    field: str
    compare: str
    value: str | bool | None


@dataclass(frozen=True)
class Query:
    """A query that the org understands."""

    sobject: str
    fields: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    order: str | None = None
    descending: bool = False
    limit: int | None = None

    @property
    def counts(self) -> bool:
        """SELECT COUNT()."""
        return not self.fields


def has_side_effect(soql: str) -> bool:
    """Whether a query would do more than read, or pages by OFFSET."""
    return bool(SIDE_EFFECTS.search(STRINGS.sub("''", soql)))


def parse(soql: str) -> Query:
    """Read a query; OrgError with MALFORMED_QUERY, INVALID_TYPE or INVALID_FIELD."""
    if len(soql) > LONGEST:
        raise OrgError(400, "QUERY_TOO_COMPLICATED", "Query is too long.")
    try:
        tree = GRAMMAR.parse(soql)
    except LarkError as error:
        raise OrgError(400, "MALFORMED_QUERY", f"unexpected token: {soql[:80]!r}") from error
    sobject = _known_object(str(_token(tree, "NAME")))
    known = {name.lower(): name for name in OBJECTS[sobject]}
    names = [str(t) for part in tree.find_data("fields") for t in part.children]
    fields = tuple(_known_field(known, sobject, name) for name in names)
    if len(set(fields)) != len(fields):
        raise OrgError(400, "INVALID_FIELD", "duplicate field selected")
    conditions = tuple(_condition(known, sobject, c) for c in tree.find_data("condition"))
    order = next(iter(tree.find_data("order")), None)
    limit = next(iter(tree.find_data("limit")), None)
    if order and not fields:
        raise OrgError(400, "MALFORMED_QUERY", "ordering not supported with COUNT()")
    return Query(
        sobject,
        fields,
        conditions,
        order=_known_field(known, sobject, str(order.children[0])) if order else None,
        descending="DESC" in str(order.children[-1]).upper() if order else False,
        limit=int(str(limit.children[0])) if limit else None,
    )


def _token(tree: Tree[Token], kind: str) -> Token:
    return next(c for c in tree.children if isinstance(c, Token) and c.type == kind)


def _known_object(name: str) -> str:
    for sobject in OBJECTS:
        if sobject.lower() == name.lower():
            return sobject
    raise OrgError(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.")


def _known_field(known: dict[str, str], sobject: str, name: str) -> str:
    if name.lower() not in known:
        message = f"No such column '{name}' on entity '{sobject}'."
        raise OrgError(400, "INVALID_FIELD", message)
    return known[name.lower()]


def _condition(known: dict[str, str], sobject: str, tree: Tree[Token]) -> Condition:
    field = _known_field(known, sobject, str(tree.children[0]))
    compare = str(tree.children[1])
    value = tree.children[2]
    assert isinstance(value, Tree)
    kind, text = value.data, str(value.children[0]) if value.children else ""
    expected = {"id": "text", "reference": "text", "datetime": "datetime", "boolean": "boolean"}
    wanted = expected.get(OBJECTS[sobject][field], "text")
    if kind not in {wanted, "null"}:
        message = f"value of filter criterion for field '{field}' must be of type {wanted}"
        raise OrgError(400, "INVALID_FIELD", message)
    if kind == "null":
        return Condition(field, compare, None)
    if kind == "boolean":
        return Condition(field, compare, text.lower() == "true")
    if kind == "datetime":
        return Condition(field, compare, stored(datetime.fromisoformat(text)))
    return Condition(field, compare, _id_or_text(sobject, field, text[1:-1]))


def _id_or_text(sobject: str, field: str, text: str) -> str:
    if OBJECTS[sobject][field] != "id":
        return text
    try:
        return ids.long(text)
    except ValueError as error:
        raise OrgError(400, "INVALID_QUERY_FILTER_OPERATOR", f"invalid ID field: {text}") from error


def stored(moment: datetime) -> str:
    """A datetime as the API shows it; milliseconds never count."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
