"""How a command can end. The tap ends with the same numbers."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """A number that the shell sees; `meaning` is what the documentation says of it.

    The members stand in the order of their weight: what a person has to fix weighs most.
    """

    meaning: str

    def __new__(cls, number: int, meaning: str = "") -> Self:
        """Give a member its meaning beside its number."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        return member

    DONE = 0, "done"
    LOW_HEALTH = 4, "done, but the health is under --fail-below, or verify found differences"
    QUOTA = 3, "stopped by quota"
    STOPPED = 130, "stopped by a person or a service manager"
    BUSY = 5, "another run is at work"
    FAILED = 1, "the run failed"
    MISCONFIGURED = 2, "settings, credentials, access, or the shape of the database"


def worst(*codes: int) -> ExitCode:
    """The exit code of a whole with several parts: the one that weighs most."""
    weights = list(ExitCode)
    known = [ExitCode(code) if code in weights else ExitCode.FAILED for code in codes]
    return max(known, key=weights.index, default=ExitCode.DONE)
