"""What a promotion did: the document behind the report, its JSON twin and `taskwho.runs.report`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

from taskwho.model.results.counts import Accounting, Counts, ParentCounts, Totals
from taskwho.model.results.document import Document as _Document
from taskwho.model.results.document import plain as _plain
from taskwho.model.results.missing import Explanation
from taskwho.model.results.standing import LastRun, OrgCount
from taskwho.model.results.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION = 1
REPORT_PREFIX = "taskwhorelation_sync_results_"  # of a report's name

# properties that stand in JSON too
DERIVED = ("health", "is_degraded")

Status = Literal["ok", "failed", "quota", "stopped", "nothing", "loaded"]


@dataclass(slots=True)
class Window(_Document):
    """One window that a tap run read of one stream; `from_` is None for the beginning.

    `records` of the `counted` ones were read: those that the org said were left when it began.
    `bookmark` is what the run began from.
    """

    run_id: str
    stream: str
    mode: str | None
    from_: str | None
    to: str | None
    complete: bool
    outcome: str | None
    records: int = 0
    counted: int | None = None
    bookmark: str | None = None


@dataclass(slots=True)
class ApiUsage(_Document):
    """API calls of the runs taken in, and the org's daily use as last seen."""

    calls: int = 0
    used: int | None = None
    max: int | None = None


@dataclass(slots=True)
class Record(_Document):
    """One relation's story; `error` is None where it went well.

    `record` are its fields as Salesforce names them, `context` tells more of its failure.
    """

    success: bool
    salesforce_id: str
    task_id: str | None
    relation_id: str | None
    error: str | None
    action: str
    record: dict[str, Any] | None = None
    context: dict[str, Any] | None = None


@dataclass(slots=True)
class RecordFiles(_Document):
    """Names of the complete lists beside the report, None where all stand inline.

    They are .jsonl.gz; `failed_csv` lists the failed ones for a spreadsheet.
    """

    successful: str | None = None
    failed: str | None = None
    failed_csv: str | None = None


@dataclass(slots=True)
class Missing(_Document):
    """Salesforce Ids that relations refer to and no parent table holds; the first of `total`."""

    ids: list[str] = field(default_factory=list)
    total: int = 0


@dataclass(slots=True)
class RunResult:
    """All that a report says; `to_dict` is its JSON twin, stable under `schema_version`."""

    run_id: int
    started_at: datetime
    finished_at: datetime
    status: Status = "ok"
    error: str | None = None
    mode: str | None = None
    report_name: str = ""
    # of the Markdown, None where it is not written yet
    report_path: str | None = None
    run_ids: list[str] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    totals: Totals = field(default_factory=Totals)
    accounting: Accounting = field(default_factory=Accounting)
    # the run before, None for the first one
    last_run: LastRun | None = None
    # when the first of the runs ended that have failed without a pause
    failing_since: str | None = None
    # Salesforce's own count, the last time that it was asked for
    org_count: OrgCount | None = None
    # journal rows: fields of `sync_batches`, in the order fetched; pages of relations have the keys
    # `failed` and `set_aside` too, where any were
    batches: list[dict[str, Any]] = field(default_factory=list)
    api: ApiUsage = field(default_factory=ApiUsage)
    successful_records: list[Record] = field(default_factory=list)
    # landed in this run and failed
    failed_records: list[Record] = field(default_factory=list)
    # waited in quarantine before this run and still do
    standing_records: list[Record] = field(default_factory=list)
    record_files: RecordFiles = field(default_factory=RecordFiles)
    # reason -> landed relations that failed for it; a relation can have several reasons
    errors: dict[str, int] = field(default_factory=dict)
    # the same over the whole standing quarantine
    standing_errors: dict[str, int] = field(default_factory=dict)
    # those of the standing quarantine that wait for this reason alone
    alone: dict[str, int] = field(default_factory=dict)
    # keys "tasks", "contacts", "users"
    missing: dict[str, Missing] = field(default_factory=dict)
    # why these are missing, as far as the database and Salesforce tell
    explanation: Explanation = field(default_factory=Explanation)
    # keys "users", "contacts", "tasks", where their streams ran
    parents: dict[str, ParentCounts] = field(default_factory=dict)
    # stream -> landed texts with U+FFFD, which stands for what PostgreSQL cannot store
    replaced: dict[str, int] = field(default_factory=dict)
    # why a sweep was or was not made; None where none was asked for
    sweep: str | None = None
    warnings: list[str] = field(default_factory=list)
    # the next steps, those first that bring in most; `next_steps` are the same as sentences
    steps: list[Step] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)
    exit_code: int = 0

    @property
    def health(self) -> float | None:
        """How much of what is live is in the table, as a percentage; None where nothing is."""
        return self.totals.percent

    @property
    def is_degraded(self) -> bool:
        """Whether the health is under its goal."""
        return self.health is not None and self.health < self.totals.goal

    @property
    def lag(self) -> float | None:
        """The seconds that the table was behind Salesforce at the end of the run, where known.

        Both times are of one clock: those of two machines tell no distance.
        """
        here = self.totals.fresh_until_here
        if here is None:
            return None
        return max(0.0, (self.finished_at - datetime.fromisoformat(here)).total_seconds())

    @property
    def seconds(self) -> float:
        """How long it took, from the first request where that is known."""
        return (self.finished_at - self.started_at).total_seconds()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, times in UTC as `2025-01-31T12:00:00Z`."""
        # not by `asdict`, which copies every string and takes longer than all the rest of a report
        document: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        document |= {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        for name in ("started_at", "finished_at"):
            document[name] = _instant(document[name])
        return document | {name: getattr(self, name) for name in DERIVED}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote, as `taskwho.runs.report` keeps it."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in document.items() if name in known}
        for name in ("started_at", "finished_at"):
            values[name] = datetime.fromisoformat(values[name])
        for name, kind in _PARTS.items():
            if values.get(name) is not None:
                values[name] = kind.from_dict(values[name])
        for name, kind in _LISTS.items():
            values[name] = [kind.from_dict(item) for item in values.get(name, [])]
        for name, kind in _MAPS.items():
            values[name] = {k: kind.from_dict(v) for k, v in values.get(name, {}).items()}
        return cls(**values)


_PARTS: dict[str, type[_Document]] = {
    "counts": Counts,
    "totals": Totals,
    "accounting": Accounting,
    "api": ApiUsage,
    "record_files": RecordFiles,
    "explanation": Explanation,
    "last_run": LastRun,
    "org_count": OrgCount,
}
_LISTS: dict[str, type[_Document]] = {
    "windows": Window,
    "successful_records": Record,
    "failed_records": Record,
    "standing_records": Record,
    "steps": Step,
}
_MAPS: dict[str, type[_Document]] = {"missing": Missing, "parents": ParentCounts}


def _instant(moment: datetime) -> str:
    """A point in time as JSON carries it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
