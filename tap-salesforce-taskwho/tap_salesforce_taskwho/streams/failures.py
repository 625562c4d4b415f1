"""Streams that failed: the others are read all the same, and the worst error ends the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import ExitCode

if TYPE_CHECKING:
    import logging

    from tap_salesforce_taskwho.errors import TapError

_WORST_FIRST = (ExitCode.USER, ExitCode.FAILED, ExitCode.STOPPED, ExitCode.QUOTA)


class Failures:
    """The errors of a run, by stream."""

    def __init__(self, logger: logging.Logger) -> None:
        self.logger = logger
        self.errors: list[TapError] = []

    def add(self, stream: str, error: TapError) -> None:
        """Keep an error for the end of the run, or raise where no other stream can be read."""
        self.errors.append(error)
        if error.problem.ends_run:
            self.raise_worst()
        self.logger.warning(
            "%s failed (%s). The tap reads the other streams before it says why.",
            *(stream, error.problem.code),
        )

    def raise_worst(self) -> None:
        """Raise the worst error there was; the others are logged."""
        if not self.errors:
            return
        worst = min(self.errors, key=lambda error: _WORST_FIRST.index(error.exit_code))
        for error in self.errors:
            if error is not worst:
                self.logger.error("%s", ascii(str(error))[1:-1])
        raise worst
