"""The settings of the promotion and its report, each of them an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.settings import NAME_LENGTH

# PostgreSQL cuts longer ones off without a word (NAMEDATALEN)
LONGEST_NAME = 63


@dataclass(frozen=True, slots=True)
class ParentTable:
    """A table that relations refer to, and the unique column that holds Salesforce Ids."""

    table: str
    key: str = "salesforce_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLoadSettings:
    """What post-load needs to know beside the database's URL."""

    schema: str = "public"
    """Schema of the sf_* tables."""
    relations_table: str = "sf_taskwhorelations"
    users: ParentTable = field(default_factory=lambda: ParentTable("sf_users"))
    contacts: ParentTable = field(default_factory=lambda: ParentTable("sf_contacts"))
    activities: ParentTable = field(default_factory=lambda: ParentTable("sf_activities"))
    reports_dir: Path = Path("reports")
    max_records: int = 1_000
    """Records of each kind inline in a report; more stand in .jsonl.gz files beside it."""
    max_delete_percent: float = 5.0
    """A full run's sweep marks at most this share of the stored rows as deleted."""
    lock_timeout_seconds: int = 60
    """How long a statement waits for a lock on a user's table."""
    wait_seconds: int = 600
    """How long a second post-load waits for the first one."""
    sweep: bool = False
    """A complete full run marks the rows it did not see as deleted (design 5.3)."""
    lookback_seconds: int = 900
    """The tap's look-back: a sweep spares rows changed that shortly before its window's end."""
    fail_below: float | None = None
    """A success rate under this percentage of what landed is exit 1."""

    def __post_init__(self) -> None:
        """Refuse names that PostgreSQL would cut: what they name would not be found again."""
        names = [self.schema, self.relations_table]
        for parent in (self.users, self.contacts, self.activities):
            names += [parent.table, parent.key]
        for name in names:
            check_name(name, LONGEST_NAME)


def check_name(name: str, longest: int) -> None:
    """Raise TaskwhoError for a name that is empty or too long."""
    if not 0 < len(name.encode()) <= longest:
        raise TaskwhoError(
            NAME_LENGTH,
            name=name[:LONGEST_NAME],
            bytes=len(name.encode()),
            longest=longest,
            limit=LONGEST_NAME,
        )
