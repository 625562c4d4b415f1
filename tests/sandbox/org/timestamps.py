"""Datetimes as the API shows and accepts them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

FORMAT = "%Y-%m-%dT%H:%M:%S.000+0000"
# Z or an offset with a colon (SOQL guide, date formats); +0000, as in answers, is undocumented
LITERAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def stored(moment: datetime) -> str:
    """Write a datetime as the API shows it: UTC, no finer than a second.

    Milliseconds never count in comparisons (salesforce.stackexchange.com, question 234824).
    """
    return moment.astimezone(UTC).strftime(FORMAT)


def read(literal: str) -> str:
    """Read a SOQL literal as what `stored` writes; ValueError for anything else."""
    if not LITERAL.fullmatch(literal):
        raise ValueError(literal)
    whole, _, fraction = literal.partition(".")
    zone = fraction.lstrip("0123456789")
    return stored(datetime.fromisoformat(whole + zone))
