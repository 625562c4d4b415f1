"""The exit code of a run of several parts; the tap ends with the same numbers."""

from __future__ import annotations

from taskwho.model.errors import DONE, FAILED, MISCONFIGURED, QUOTA, STOPPED

_BY_WEIGHT = (DONE, QUOTA, STOPPED, FAILED, MISCONFIGURED)


def worst(*codes: int) -> int:
    """The one that the whole ends with; what needs a person weighs most."""
    known = [code if code in _BY_WEIGHT else FAILED for code in codes]
    return max(known, key=_BY_WEIGHT.index, default=DONE)
