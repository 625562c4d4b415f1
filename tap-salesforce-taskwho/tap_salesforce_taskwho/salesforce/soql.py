"""The SOQL that this tap sends: one template, filled with checked parts."""

# ruff: noqa: S608 -- it is SOQL, and every part of it is checked first

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import ReadOnlyViolation
from tap_salesforce_taskwho.errors.requests import QUERY_NOT_ALLOWED

if TYPE_CHECKING:
    from collections.abc import Sequence

# A page has 2,000 rows at most (REST API Developer Guide, Query Options Header).
LARGEST_LIMIT = 2_000
# 500 Ids take 13,500 of the 16,384 characters that an address may have.
MOST_IDS = 500

_NAME = r"[A-Za-z][A-Za-z0-9_]{0,79}"
# 15 characters name the same record as the 18 that Salesforce returns (PK chunking's documented
# boundaries have 15: Bulk API Developer Guide, PK Chunking Header).
_ID = r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?"
_DATETIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_LISTED = rf"Id IN \('{_ID}'(?:,'{_ID}'){{0,{MOST_IDS - 1}}}\)"
_CONDITION = (
    rf"(?:SystemModstamp (?:>=|<) {_DATETIME}|Id (?:>|<=) '{_ID}'|IsDeleted = false|{_LISTED})"
)
_TEMPLATE = re.compile(
    rf"SELECT (?:COUNT\(\)|(?P<fields>{_NAME}(?:, {_NAME})*)) FROM {_NAME}"
    rf"(?: WHERE {_CONDITION}(?: AND {_CONDITION}){{0,5}})?"
    r"(?(fields)(?: ORDER BY Id(?: DESC)?)?(?: LIMIT [1-9][0-9]{0,3})?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The rows of a query.

    They have `modstamp_from <= SystemModstamp < modstamp_to` and `after_id < Id <= until_id`. With
    `live` they are not deleted; where `ids` are given, they have one of these.
    """

    modstamp_from: datetime | None = None
    modstamp_to: datetime | None = None
    after_id: str | None = None
    until_id: str | None = None
    live: bool = False
    ids: tuple[str, ...] = ()


def select(
    sobject: str, fields: Sequence[str], bounds: Bounds, *, limit: int, descending: bool = False
) -> str:
    """Build the query of a page, in the order of Ids.

    Raises ValueError for a part that is not what its name says.
    """
    if not 1 <= limit <= LARGEST_LIMIT:
        raise ValueError(f"a query's limit is 1 to {LARGEST_LIMIT}, not {limit}")
    order = "Id DESC" if descending else "Id"
    return f"{_from(sobject, fields)}{_where(bounds)} ORDER BY {order} LIMIT {limit}"


def ids_in(sobject: str, fields: Sequence[str], record_ids: Sequence[str]) -> str:
    """Build the query of up to MOST_IDS records by their Ids, in the order of Ids.

    Raises ValueError for a part that is not what its name says.
    """
    return f"{_from(sobject, fields)} WHERE {_listed(record_ids)} ORDER BY Id"


def count(sobject: str, bounds: Bounds) -> str:
    """Build the query that counts the rows of `select` without its limit."""
    return f"SELECT COUNT() FROM {_checked(_NAME, 'object', sobject)}{_where(bounds)}"


def check(soql: str) -> None:
    """Raise ReadOnlyViolation for what `select`, `ids_in` and `count` cannot have built.

    The template has no place for the words that write (FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE
    TRACKING, UPDATE VIEWSTAT, SET OPTIONS), nor for ALL ROWS, OFFSET, subqueries, comments and odd
    spaces.
    """
    if _TEMPLATE.fullmatch(soql) is None:
        raise ReadOnlyViolation(QUERY_NOT_ALLOWED)


def _from(sobject: str, fields: Sequence[str]) -> str:
    if not fields or len(set(fields)) != len(fields):
        raise ValueError("a query needs fields, each of them once")
    columns = ", ".join(_checked(_NAME, "field", name) for name in fields)
    return f"SELECT {columns} FROM {_checked(_NAME, 'object', sobject)}"


def _where(bounds: Bounds) -> str:
    conditions = []
    if bounds.modstamp_from is not None:
        conditions.append(f"SystemModstamp >= {_datetime(bounds.modstamp_from)}")
    if bounds.modstamp_to is not None:
        conditions.append(f"SystemModstamp < {_datetime(bounds.modstamp_to, up=True)}")
    if bounds.after_id is not None:
        conditions.append(f"Id > '{_checked(_ID, 'Id', bounds.after_id)}'")
    if bounds.until_id is not None:
        conditions.append(f"Id <= '{_checked(_ID, 'Id', bounds.until_id)}'")
    if bounds.ids:
        conditions.append(_listed(bounds.ids))
    if bounds.live:
        conditions.append("IsDeleted = false")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _listed(record_ids: Sequence[str]) -> str:
    if not 1 <= len(record_ids) <= MOST_IDS:
        raise ValueError(f"a query lists 1 to {MOST_IDS} Ids, not {len(record_ids)}")
    # without spaces, which take three characters each in an address
    listed = ",".join(f"'{_checked(_ID, 'Id', record_id)}'" for record_id in record_ids)
    return f"Id IN ({listed})"


def _datetime(at: datetime, *, up: bool = False) -> str:
    """Write a datetime in whole seconds, so that the window never gets narrower.

    SOQL compares nothing finer than a second (salesforce.stackexchange.com, question 234824).
    """
    if at.tzinfo is None:
        raise ValueError("a query's datetimes need a time zone")
    utc = at.astimezone(UTC)
    if up and utc.microsecond:
        utc += timedelta(seconds=1)
    return utc.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _checked(pattern: str, what: str, value: str) -> str:
    if re.fullmatch(pattern, value, re.ASCII) is None:
        raise ValueError(f"not a query's {what}: {value!r}")
    return value
