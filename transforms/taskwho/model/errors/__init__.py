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
    running,
    settings,
    shards,
    state,
    verify,
)
from taskwho.model.errors.family import (
    Busy,
    DatabaseUnavailable,
    LoginFailed,
    Misconfigured,
    QuotaReached,
    RunFailed,
)
from taskwho.model.errors.problem import Interrupted, Problem, TaskwhoError

PROBLEMS: tuple[Problem, ...] = tuple(
    declared
    for module in (
        *(settings, commands, doctor, pipeline, running, shards, verify),
        *(promotion, state, connection, database, embedded),
    )
    for declared in vars(module).values()
    if isinstance(declared, Problem)
)

__all__ = [
    "PROBLEMS",
    "Busy",
    "DatabaseUnavailable",
    "Interrupted",
    "LoginFailed",
    "Misconfigured",
    "Problem",
    "QuotaReached",
    "RunFailed",
    "TaskwhoError",
]
