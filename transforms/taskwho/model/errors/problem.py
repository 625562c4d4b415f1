"""A declared error, and the exception that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taskwho.model.exit_codes import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error: each part is a sentence or more, and may hold {named} values.

    `code` is in kebab-case and unique. `what` happened, `why` and whose fault it is, `fix` is what
    to do, `kept` is what is kept.
    """

    code: str
    what: str
    why: str = ""
    fix: str
    kept: str = ""
    exit_code: ExitCode

    def message(self, **values: object) -> str:
        """One paragraph; statements to run, which have lines of their own, come last."""
        parts = (self.what, self.why, self.fix, self.kept)
        if "\n" in self.fix:
            parts = (self.what, self.why, self.kept, self.fix)
        return " ".join(filter(None, parts)).format(**values)


class TaskwhoError(Exception):
    """Ends a command with the message of a declared problem."""

    def __init__(self, problem: Problem | ExitCode, text: str = "", /, **values: object) -> None:
        # an exit code and a text: the form before Problem; it goes when nothing raises it
        self.problem = problem
        self.message = problem.message(**values) if isinstance(problem, Problem) else text
        super().__init__(self.message)

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends."""
        return self.problem.exit_code if isinstance(self.problem, Problem) else self.problem
