"""How many rows came, what became of them, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from taskwho.model.results.document import Document


@dataclass(slots=True)
class Counts(Document):
    """Relations by what became of them; distinct Ids.

    `retrieved` landed; `retried` waited in quarantine and did not land. `inserted`, `updated`,
    `deleted` (became `is_deleted`) and `unchanged` count both; so does `suppressed`
    (swallowed by a trigger). `failed` are landed Ids that were quarantined or suppressed,
    `failed_again` are the retried ones. `healed` left the quarantine into the table and is counted
    in one of the former too. `swept` rows were deleted because a full run did not see them; they
    did not land, so they are outside the accounting. So are those that Salesforce's list of deletes
    told of: `listed_as_removed` landed, `removed` rows were marked as deleted for it, and
    `removed_waiting` left the quarantine. `set_aside` are landed Ids, `set_aside_again` retried
    ones.
    """

    retrieved: int = 0
    successful: int = 0
    failed: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    healed: int = 0
    set_aside: int = 0
    set_aside_again: int = 0
    suppressed: int = 0
    retried: int = 0
    failed_again: int = 0
    swept: int = 0
    listed_as_removed: int = 0
    removed: int = 0
    removed_waiting: int = 0
    quarantined_now: int = 0


@dataclass(slots=True)
class Totals(Document):
    """The state of the result table, whatever this run read; `in_table` is None where unknown.

    `in_table` are its live rows, `waiting` the live rows of the quarantine, `set_aside` those that
    belong in no table. Live rows were counted at `counted_at`; since then every promotion adds up
    what it changed. All that Salesforce changed before `fresh_until`, by its own clock, has been
    read; `fresh_until_here` is that moment by the clock of the machine that read it. Health is a
    percentage, and so are `goal` and `fail_below`. Rows have been waiting since `waiting_since`,
    and the health is on its side of the goal since `state_since`.
    """

    in_table: int | None = None
    waiting: int = 0
    set_aside: int = 0
    counted_at: str | None = None
    fresh_until: str | None = None
    fresh_until_here: str | None = None
    goal: float = 95.0
    fail_below: float = 50.0
    waiting_since: str | None = None
    state_since: str | None = None

    @property
    def percent(self) -> float | None:
        """How much of what is live is in the table; None for nothing and for what is unknown."""
        live = (self.in_table or 0) + self.waiting
        return None if self.in_table is None or not live else 100.0 * self.in_table / live


@dataclass(slots=True)
class Accounting(Document):
    """left = landed + retried; right = every outcome there is, each Id in one of them."""

    left: int = 0
    right: int = 0
    closes: bool = True


@dataclass(slots=True)
class ParentCounts(Document):
    """What became of the landed rows of one parent table; distinct Ids."""

    retrieved: int = 0
    retried: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    failed: int = 0
    suppressed: int = 0
    quarantined_now: int = 0
