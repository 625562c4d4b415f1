"""How the tap and the loader ended, as `taskwho sync` hands it to post-load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from taskwho.model.results.result import ApiUsage


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """Exit codes and errors of tap and loader, without secrets. `started_at` has a time zone.

    `api` are the calls of a run whose rows did not come by the tap; its journal has the others.
    """

    run_id: str | None = None
    started_at: datetime | None = None
    mode: str | None = None
    tap_exit_code: int = 0
    tap_error: str | None = None
    loader_exit_code: int = 0
    loader_error: str | None = None
    stopped: bool = False
    api: ApiUsage | None = None
