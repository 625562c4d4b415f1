"""The only SOQL this tap ever sends: one template, filled with checked parts. Pure functions."""

# ruff: noqa: S608 - it is SOQL, and every part of it is checked first

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import ReadOnlyViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

# Salesforce gives a page of 2,000 rows at most (REST API Developer Guide, Query Options Header).
LARGEST_LIMIT = 2_000

_NAME = r"[A-Za-z][A-Za-z0-9_]{0,79}"
# 15 characters name the same record as the 18 that Salesforce returns; PK chunking's documented
# boundaries have 15 (Bulk API Developer Guide, PK Chunking Header).
_ID = r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_CONDITION = rf"(?:SystemModstamp (?:>=|<) {_MOMENT}|Id (?:>|<=) '{_ID}')"
_TEMPLATE = re.compile(
    rf"SELECT (?:COUNT\(\)|(?P<fields>{_NAME}(?:, {_NAME})*)) FROM {_NAME}"
    rf"(?: WHERE {_CONDITION}(?: AND {_CONDITION}){{0,3}})?"
    r"(?(fields)(?: ORDER BY Id(?: DESC)?)?(?: LIMIT [1-9][0-9]{0,3})?)",
    re.ASCII,
)


def select(  # noqa: PLR0913 - the template's holes, each one named
    sobject: str,
    fields: Sequence[str],
    *,
    modstamp_from: datetime | None,
    modstamp_to: datetime | None,
    after_id: str | None,
    until_id: str | None,
    limit: int,
    descending: bool = False,
) -> str:
    """Build the query of a page: `modstamp_from <= SystemModstamp < modstamp_to`, by Id.

    Ids are `after_id < Id <= until_id`. Raises ValueError for a part that is not what it says.
    """
    if not fields or len(set(fields)) != len(fields):
        raise ValueError("a query needs fields, each of them once")
    if not 1 <= limit <= LARGEST_LIMIT:
        raise ValueError(f"a query's limit is 1 to {LARGEST_LIMIT}, not {limit}")
    columns = ", ".join(_checked(_NAME, "field", name) for name in fields)
    where = _where(modstamp_from, modstamp_to, after_id, until_id)
    order = "Id DESC" if descending else "Id"
    table = _checked(_NAME, "object", sobject)
    return f"SELECT {columns} FROM {table}{where} ORDER BY {order} LIMIT {limit}"


def count(
    sobject: str,
    *,
    modstamp_from: datetime | None,
    modstamp_to: datetime | None,
    after_id: str | None = None,
    until_id: str | None = None,
) -> str:
    """Build the query that counts the rows which `select` would give without its limit."""
    where = _where(modstamp_from, modstamp_to, after_id, until_id)
    return f"SELECT COUNT() FROM {_checked(_NAME, 'object', sobject)}{where}"


def check(soql: str) -> None:
    """Refuse whatever the two functions above would not have built.

    The words that write (FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE TRACKING, UPDATE VIEWSTAT,
    SET OPTIONS) and ALL ROWS, OFFSET, subqueries, comments and odd spaces have no place in the
    template, so they need no list.
    """
    if _TEMPLATE.fullmatch(soql) is None:
        raise ReadOnlyViolation(
            "A query was refused before it was sent: it is not of the one form that this tap "
            "reads with. This is a fault of the tap, not of your settings: please report it."
        )


def _where(
    modstamp_from: datetime | None,
    modstamp_to: datetime | None,
    after_id: str | None,
    until_id: str | None,
) -> str:
    conditions = []
    if modstamp_from is not None:
        conditions.append(f"SystemModstamp >= {_moment(modstamp_from)}")
    if modstamp_to is not None:
        conditions.append(f"SystemModstamp < {_moment(modstamp_to, up=True)}")
    if after_id is not None:
        conditions.append(f"Id > '{_checked(_ID, 'Id', after_id)}'")
    if until_id is not None:
        conditions.append(f"Id <= '{_checked(_ID, 'Id', until_id)}'")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _moment(moment: datetime, *, up: bool = False) -> str:
    """Write a moment in whole seconds, so that the window never gets narrower.

    SOQL compares nothing finer than a second (salesforce.stackexchange.com, question 234824).
    """
    if moment.tzinfo is None:
        raise ValueError("a query's moments need a time zone")
    utc = moment.astimezone(UTC)
    if up and utc.microsecond:
        utc += timedelta(seconds=1)
    return utc.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _checked(pattern: str, what: str, value: str) -> str:
    if re.fullmatch(pattern, value, re.ASCII) is None:
        raise ValueError(f"no {what} for a query: {value!r}")
    return value
