"""The one exception that a person is meant to read."""

from __future__ import annotations


class TaskwhoError(Exception):
    """What happened, why, and what to do next; the command ends with `exit_code`."""

    def __init__(self, exit_code: int, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.message = message
