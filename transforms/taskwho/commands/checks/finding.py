"""What doctor finds: one thing checked, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from taskwho.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from taskwho.model.errors import Problem, TaskwhoError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked. No run works while one `fails`; one that `warns` costs something."""

    text: str
    fix: str = ""
    fails: bool = False
    warns: bool = False

    @classmethod
    def of(cls, problem: Problem, **values: object) -> Self:
        """A finding of the list of errors."""
        text = " ".join(filter(None, (problem.what, problem.why))).format(**values)
        fails = problem.exit_code is not ExitCode.DONE
        return cls(text, problem.fix.format(**values), fails=fails, warns=not fails)

    @classmethod
    def of_error(cls, error: TaskwhoError) -> Self:
        """What a run would end with."""
        return cls.of(error.problem, **error.values)

    @property
    def mark(self) -> str:
        """How much it weighs."""
        return "FAIL" if self.fails else "warn" if self.warns or self.fix else "ok"

    def __str__(self) -> str:
        """The finding on a line, and its fix on another."""
        return f"{self.mark:<5}{self.text}" + (f"\n     Fix: {self.fix}" if self.fix else "")
