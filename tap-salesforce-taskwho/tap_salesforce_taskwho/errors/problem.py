"""What a declared error is, and the exceptions that carry one. Imports nothing of this package.

TapError
├── UserError (exit code 2)
├── QuotaReached (3)
├── Stopped (130)
├── ReadOnlyViolation (1)
├── ObjectHidden (2)
└── for the stream to answer: QueryTimeout, QueryAllRefused, HiddenField, TooManyDeletedIds,
    DeletesNoLongerKept
"""

# ruff: noqa: N818 -- the names say what happened

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from string import Formatter
from typing import Self


class ExitCode(IntEnum):
    """How the command ends."""

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Self:
        """Make a code that knows what it means."""
        code = int.__new__(cls, number)
        code._value_ = number
        code.meaning = meaning
        return code

    DONE = 0, "done"
    FAILED = 1, "failed, with the state kept: run again"
    USER = 2, "a setting, a credential or an access right must be changed; the last line says which"
    QUOTA = 3, "stopped by the quota, with the state kept: run again when API calls are free"
    STOPPED = 130, "stopped by a signal, with the state kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One declared error; its texts are sentences that may hold {named} values.

    `what` happened, `why` and whose fault it is, how to `fix` it, what is `kept`. `code` is in
    kebab-case and unique. `ends_run` says that no other stream can be read either.
    """

    code: str
    what: str
    why: str = ""
    fix: str
    kept: str = ""
    exit_code: ExitCode
    ends_run: bool = False

    @property
    def names(self) -> set[str]:
        """The names of the values that the texts hold."""
        texts = f"{self.what} {self.why} {self.fix} {self.kept}"
        return {name for _, name, _, _ in Formatter().parse(texts) if name}

    def message(self, **values: object) -> str:
        """Give the texts as one paragraph."""
        texts = (self.what, self.why, self.fix, self.kept)
        return " ".join(said for text in texts if (said := text.format(**values).strip()))


class TapError(Exception):
    """What ends a run; the message is its problem's paragraph.

    `cause` is the part that holds for whoever asked: without what a run does next, and keeps.
    """

    def __init__(self, problem: Problem, **values: object) -> None:
        super().__init__(problem.message(**values))
        self.problem = problem
        causes = Problem(
            code=problem.code,
            what=problem.what,
            why=problem.why,
            fix="{fix}" if "fix" in values else "",
            exit_code=problem.exit_code,
        )
        self.cause = causes.message(**values)

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends."""
        return self.problem.exit_code


class UserError(TapError):
    """Somebody must change a setting, a credential or an access right."""


class QuotaReached(TapError):
    """The daily API calls, or this run's share of them, are used."""


class Stopped(TapError):
    """Somebody asked the tap to stop."""


class ReadOnlyViolation(TapError):
    """A request that is not an allowed read was refused before it was sent."""


class QueryTimeout(TapError):
    """QUERY_TIMEOUT: the stream asks for fewer rows."""


class QueryAllRefused(TapError):
    """The org does not serve this object through queryAll: the stream asks through query."""


class ObjectHidden(UserError):
    """INVALID_TYPE and its kin: the user may not see the object, or the org does not have it."""


class HiddenField(UserError):
    """INVALID_FIELD that names a `column`: the stream asks without it."""

    def __init__(self, problem: Problem, *, column: str, **values: object) -> None:
        super().__init__(problem, **values)
        self.column = column


class TooManyDeletedIds(TapError):
    """EXCEEDED_ID_LIMIT, over 600,000 Ids in a window: the stream asks for a shorter one."""


class DeletesNoLongerKept(TapError):
    """INVALID_REPLICATION_DATE: the org's list of deletes does not reach back so far."""
