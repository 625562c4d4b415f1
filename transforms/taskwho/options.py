"""What a post-load can be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PostLoadSettings:
    """Where the tables are and what limits hold; times in seconds, shares in percent."""

    schema: str = "public"
    relations_table: str = "sf_taskwhorelations"
    activities_table: str = "sf_activities"
    contacts_table: str = "sf_contacts"
    users_table: str = "sf_users"
    activities_key: str = "salesforce_id"
    contacts_key: str = "salesforce_id"
    users_key: str = "salesforce_id"
    max_records: int = 1000
    fail_below: float | None = None
    max_delete_percent: float = 10.0
    sweep: bool = False
    lookback_seconds: int = 900
    # how long a second post-load waits for the first one
    lock_wait_seconds: float = 300.0
    # how long a statement waits for somebody else's table lock
    lock_timeout_seconds: float = 60.0
    # rows between two savepoints: a bad one costs its chunk a second try, row by row
    chunk_rows: int = 1000
    reports_dir: Path = field(default=Path("reports"))


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How the tap and the loader ended, as `taskwho sync` saw it; messages hold no secret."""

    run_id: str | None = None
    started_at: datetime | None = None
    mode: str | None = None
    tap_exit_code: int = 0
    tap_error: str | None = None
    loader_exit_code: int = 0
    loader_error: str | None = None
    stopped: bool = False
