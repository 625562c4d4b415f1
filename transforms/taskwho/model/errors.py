"""What a person can be told, and the exit code that goes with it."""

from __future__ import annotations

DONE, FAILED, MISCONFIGURED, QUOTA, STOPPED = 0, 1, 2, 3, 130


class TaskwhoError(Exception):
    """An end with a message for a person: what happened, why, what to do next."""

    def __init__(self, exit_code: int, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.message = message
