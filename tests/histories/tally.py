"""Counts what happened in the histories, so that a soak in which nothing happened shows."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Sums over many histories; the last one begins before `seconds` are over."""

    seconds: float | None = None
    began: float = field(default_factory=time.monotonic)
    passes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)

    @property
    def time_is_up(self) -> bool:
        """Whether no further history may begin."""
        return self.seconds is not None and time.monotonic() - self.began > self.seconds

    def lines(self) -> list[str]:
        """The sums in a few lines."""
        counts = ", ".join(f"{count:,} {what}" for what, count in sorted(self.counts.items()))
        return [
            f"{self.passes:,} histories passed in {time.monotonic() - self.began:,.0f} seconds:",
            counts,
            f"{self.kills.total():,} kills: {_listed(self.kills)}",
            f"{self.faults.total():,} faults: {_listed(self.faults)}",
            f"ends of the tap: {_listed(self.ends)}",
        ]


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{what} {count:,}" for what, count in counted.most_common())
