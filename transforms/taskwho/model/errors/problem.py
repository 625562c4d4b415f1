"""A declared error, and the exception that carries it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taskwho.model.exit_codes import ExitCode
    from taskwho.model.results.result import RunResult


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
    """Ends a command with the message of a declared problem.

    `result` is that of the run, where there is one.
    """

    result: RunResult | None = None

    def __init__(self, problem: Problem, /, **values: object) -> None:
        self.problem, self.values = problem, values
        self.message = problem.message(**values)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes, as from a worker of multiprocessing."""
        made_again = functools.partial(type(self), **self.values)
        return made_again, (self.problem,), {"result": self.result}

    @property
    def exit_code(self) -> int:
        """How the command ends, as a plain int: engines refuse an enum that they do not know."""
        return int(self.problem.exit_code)


class Interrupted(KeyboardInterrupt):
    """Somebody pressed Ctrl-C where nothing else takes it; the run has its report all the same."""

    def __init__(self, result: RunResult) -> None:
        super().__init__(result.error)
        self.result = result
