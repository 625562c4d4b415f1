"""Salesforce Ids as people paste them: 15 characters from a page, 18 from an API."""

from __future__ import annotations

import re

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.settings import NOT_A_SALESFORCE_ID

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?")
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def full_id(text: str) -> str:
    """The 18 characters of an Id. Raises TaskwhoError where the text is not one.

    Each of the last three says which of five characters are upper case:
    https://help.salesforce.com/s/articleView?id=000383751
    """
    given = text.strip()
    if not _ID.fullmatch(given):
        raise TaskwhoError(NOT_A_SALESFORCE_ID, text=given)
    fives = (given[start : start + 5] for start in (0, 5, 10))
    checks = (_CHECKS[sum(1 << n for n, c in enumerate(five) if c.isupper())] for five in fives)
    return given[:15] + "".join(checks)
