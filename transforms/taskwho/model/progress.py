"""How far a run is: what `on_progress` is called with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["prepare", "parents", "relations", "promote", "verify", "repair", "report"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One moment of a run.

    `rows` of `total` were read by this stage's tap, or compared by `verify`; `total` is None where
    the org has not counted them. `api_calls` counts the whole run.
    """

    stage: Stage
    rows: int = 0
    total: int | None = None
    api_calls: int = 0
