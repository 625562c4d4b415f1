"""What `taskwho sync` tells the post-load about the tap and the loader it ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """How the tap and the loader ended; messages hold no secret. `started_at` is aware."""

    run_id: str | None = None
    started_at: datetime | None = None
    mode: str | None = None
    tap_exit_code: int = 0
    tap_error: str | None = None
    loader_exit_code: int = 0
    loader_error: str | None = None
    stopped: bool = False
