"""How a command can end. The tap ends with the same numbers."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """A number that the shell sees; `meaning` is what the documentation says of it."""

    meaning: str

    def __new__(cls, number: int, meaning: str = "") -> Self:
        """Give a member its meaning beside its number."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        return member

    DONE = 0, "done"
    FAILED = 1, "the run failed"
    MISCONFIGURED = 2, "settings, credentials, access, or the shape of the database"
    QUOTA = 3, "stopped by quota"
    LOW_HEALTH = 4, "done, but the success rate is under --fail-below"
    BUSY = 5, "another run is at work"
    STOPPED = 130, "stopped by a person or a service manager"


_BY_WEIGHT = (
    ExitCode.DONE,
    ExitCode.LOW_HEALTH,
    ExitCode.QUOTA,
    ExitCode.STOPPED,
    ExitCode.BUSY,
    ExitCode.FAILED,
    ExitCode.MISCONFIGURED,
)


def worst(*codes: int) -> ExitCode:
    """The exit code of a whole with several parts: what a person has to fix weighs most."""
    known = [ExitCode(code) if code in _BY_WEIGHT else ExitCode.FAILED for code in codes]
    return max(known, key=_BY_WEIGHT.index, default=ExitCode.DONE)
