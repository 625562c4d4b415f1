"""What `taskwho verify` found: the table beside the org."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from taskwho.model.exit_codes import ExitCode
from taskwho.model.results.counts import Totals

# missing: live in Salesforce, not live here. changed: other content. deleted: in Salesforce's
# recycle bin, live here. gone: Salesforce shows nothing of it, live here.
Kind = Literal["missing", "changed", "deleted", "gone"]
KINDS: tuple[Kind, ...] = ("missing", "changed", "deleted", "gone")
By = Literal["counts", "Ids"]


@dataclass(frozen=True, slots=True)
class Ghost:
    """Relations that both sides show alike, and that should not be: `ids` are the first of them."""

    what: str
    total: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Live relations on both sides, from `floor` on, as far as runs have read them.

    `by` is how the rest was compared: by the Ids and contents of all rows, or by counts of ranges.
    `in_org` are those up to `until`, the bookmark; `not_read_yet` changed later. `differences`
    count them by kind, and `examples` are the first Ids of each; `standing` are those that are
    still there at the end, which is all of them without a repair. `counts` and `pages` are the API
    calls that counted and that read rows. `totals` are those of the next report, counted anew; a
    repair adds what it changed. `notes` say what stays open.
    """

    by: By
    floor: str | None
    until: str
    in_org: int | None
    in_table: int
    waiting: int
    set_aside: int
    not_read_yet: int
    differences: dict[Kind, int] = field(default_factory=dict)
    standing: dict[Kind, int] = field(default_factory=dict)
    examples: dict[Kind, list[str]] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)
    ghosts: tuple[Ghost, ...] = ()
    notes: tuple[str, ...] = ()
    repaired: bool = False
    report_path: str | None = None
    pages: int = 0
    api_calls: int = 0
    api_used: int | None = None
    api_max: int | None = None
    seconds: float = 0.0

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs, or nothing differs any more."""
        return not any(self.standing.values())

    @property
    def exit_code(self) -> int:
        """How the command ends, as a plain int: engines refuse an enum that they do not know."""
        return int(ExitCode.DONE if self.is_equal else ExitCode.LOW_HEALTH)

    def to_dict(self) -> dict[str, Any]:
        """Name every value as JSON does."""
        derived = {"equal": self.is_equal, "exit_code": self.exit_code}
        return derived | asdict(self) | {"health": self.totals.percent}
