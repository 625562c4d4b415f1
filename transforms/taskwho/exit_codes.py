"""How every command of taskwho ends; the tap ends with the same numbers."""

from __future__ import annotations

DONE = 0
FAILED = 1
MISCONFIGURED = 2  # settings, credentials, access: somebody must act
QUOTA = 3
STOPPED = 130  # Ctrl-C, as shells count it

_BY_WEIGHT = (DONE, QUOTA, STOPPED, FAILED, MISCONFIGURED)


def worst(*codes: int) -> int:
    """The one that a run of several parts ends with; what needs a person weighs most."""
    known = [code if code in _BY_WEIGHT else FAILED for code in codes]
    return max(known, key=_BY_WEIGHT.index, default=DONE)
