"""The list of taskwho's errors: one module for each room that raises them."""

from __future__ import annotations

from taskwho.model.errors import (
    commands,
    connection,
    database,
    doctor,
    embedded,
    pipeline,
    promotion,
    settings,
    state,
)
from taskwho.model.errors.problem import Problem, TaskwhoError
from taskwho.model.exit_codes import ExitCode

# the names before ExitCode; they go when nothing imports them
DONE, FAILED, MISCONFIGURED = ExitCode.DONE, ExitCode.FAILED, ExitCode.MISCONFIGURED
QUOTA, STOPPED = ExitCode.QUOTA, ExitCode.STOPPED

PROBLEMS: tuple[Problem, ...] = tuple(
    declared
    for module in (
        settings,
        commands,
        doctor,
        pipeline,
        promotion,
        state,
        connection,
        database,
        embedded,
    )
    for declared in vars(module).values()
    if isinstance(declared, Problem)
)

__all__ = ["PROBLEMS", "Problem", "TaskwhoError"]
