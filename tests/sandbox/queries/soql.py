"""Parses SOQL by a grammar; refuses everything else with the errors of Salesforce."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from tests.sandbox.errors import OrgError, at_row
from tests.sandbox.org.objects import OBJECTS
from tests.sandbox.queries.conditions import Condition, condition, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAMMAR = Lark(
    (Path(__file__).parent / "soql.lark").read_text(),
    start="query",
    parser="lalr",
    propagate_positions=True,
)
# clauses that change something, or page by OFFSET (SOQL guide v68, SELECT)
SIDE_EFFECTS = re.compile(
    r"\bFOR\s+(VIEW|REFERENCE|UPDATE)\b|\bUPDATE\s+(TRACKING|VIEWSTAT)\b|\bSET\s+OPTIONS\b"
    r"|\bALL\s+ROWS\b|\bOFFSET\b",
    re.IGNORECASE,
)
STRINGS = re.compile(r"'(?:[^'\\]|\\.)*'")
LONGEST, LONGEST_STRING = 100_000, 4_000  # SOQL limits, app limits cheat sheet
LARGEST_OFFSET = 2_000
ADVICE = (
    "Please reference your WSDL or the describe call for the appropriate names."  # Salesforce's
)


@dataclass(frozen=True)
class Query:
    """A parsed query, with names as describe spells them."""

    sobject: str
    fields: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    order: str | None = None
    descending: bool = False
    limit: int | None = None
    offset: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is SELECT COUNT()."""
        return not self.fields


def side_effect(soql: str) -> str | None:
    """The clause by which a query does more than read, or pages by OFFSET."""
    found = SIDE_EFFECTS.search(STRINGS.sub("''", soql))
    return " ".join(found[0].upper().split()) if found else None


@lru_cache(maxsize=10_000)
def parse(soql: str, hidden: frozenset[str] = frozenset()) -> Query:
    """Parse a query; OrgError with MALFORMED_QUERY, INVALID_TYPE or INVALID_FIELD.

    `hidden` holds objects and `Object.Field`s that the user may not see.
    """
    if len(soql) > LONGEST:
        raise OrgError(400, "QUERY_TOO_COMPLICATED", "Query is too long.")
    if any(len(text) - 2 > LONGEST_STRING for text in STRINGS.findall(soql)):
        raise OrgError(400, "MALFORMED_QUERY", "A string in the WHERE clause is too long.")
    return _Reader(soql, hidden).query()


class _Reader:
    """The tree of one query, and the names that it may use."""

    def __init__(self, soql: str, hidden: frozenset[str]) -> None:
        self.soql, self.hidden = soql, hidden
        try:
            self.tree = GRAMMAR.parse(soql)
        except UnexpectedInput as error:
            position = error.pos_in_stream if error.pos_in_stream is not None else len(soql)
            position = len(soql) if position < 0 else position
            word = soql[position:].split(maxsplit=1)[:1] or ["<EOF>"]
            message = f"unexpected token: {word[0]}"
            raise self._refused("MALFORMED_QUERY", position, message) from error
        self.sobject = self._object(
            next(c for c in self.tree.children if isinstance(c, Token) and c.type == "NAME")
        )
        self.known = {
            name.lower(): name
            for name in OBJECTS[self.sobject]
            if f"{self.sobject}.{name}" not in hidden
        }

    def query(self) -> Query:
        fields = tuple(self._field(token) for token in self._tokens("fields"))
        if len(set(fields)) != len(fields):
            raise self._refused("INVALID_FIELD", 0, "duplicate field selected")
        order = self._tokens("order")
        if order and not fields:
            raise self._refused(
                "MALFORMED_QUERY", _at(order[0]), "ordering is not supported with COUNT()"
            )
        return Query(
            self.sobject,
            fields,
            tuple(self._conditions()),
            order=self._field(order[0]) if order else None,
            descending=any(token.type == "DESC" for token in self._tokens("direction")),
            limit=self._number("limit"),
            offset=self._offset(),
        )

    def _tokens(self, rule: str) -> list[Token]:
        found = next(self.tree.find_data(rule), None)
        return [c for c in found.children if isinstance(c, Token)] if found else []

    def _number(self, rule: str) -> int | None:
        tokens = self._tokens(rule)
        return int(tokens[0]) if tokens else None

    def _offset(self) -> int:
        offset = self._number("offset") or 0
        if offset > LARGEST_OFFSET:
            message = f"Maximum SOQL offset allowed is {LARGEST_OFFSET}"
            raise OrgError(400, "NUMBER_OUTSIDE_VALID_RANGE", message)
        return offset

    def _object(self, token: Token) -> str:
        for name in OBJECTS:
            if name.lower() == token.lower() and name not in self.hidden:
                return name
        message = (
            f"sObject type '{token}' is not supported. If you are attempting to use a custom "
            f"object, be sure to append the '__c' after the entity name. {ADVICE}"
        )
        raise self._refused("INVALID_TYPE", _at(token), message)

    def _field(self, token: Token) -> str:
        name = self.known.get(token.lower())
        if name is None:
            message = (
                f"No such column '{token}' on entity '{self.sobject}'. If you are attempting to "
                f"use a custom field, be sure to append the '__c' after the custom field name. "
                f"{ADVICE}"
            )
            raise self._refused("INVALID_FIELD", _at(token), message)
        return name

    def _conditions(self) -> Iterator[Condition]:
        yield from map(self._condition, self.tree.find_data("condition"))
        for tree in self.tree.find_data("one_of"):
            name, _, *texts = map(_token, tree.children)
            try:
                yield one_of(self.sobject, self._field(name), list(map(str, texts)))
            except OrgError as error:
                raise self._refused(error.code, _at(name), error.message) from error

    def _condition(self, tree: Tree[Token]) -> Condition:
        name, compare, value = tree.children
        field = self._field(_token(name))
        literal = value.children[0] if isinstance(value, Tree) and value.children else ""
        kind = str(value.data) if isinstance(value, Tree) else ""
        try:
            return condition(self.sobject, field, str(compare), kind, str(literal))
        except OrgError as error:
            raise self._refused(error.code, _at(_token(name)), error.message) from error

    def _refused(self, code: str, position: int, message: str) -> OrgError:
        return OrgError(400, code, at_row(self.soql, position, message))


def _token(part: object) -> Token:
    if not isinstance(part, Token):
        raise TypeError(part)
    return part


def _at(token: Token) -> int:
    return token.start_pos or 0
