"""The numbers of a run: rows by outcome, and how the tables stand after it."""

from __future__ import annotations

from dataclasses import dataclass

from taskwho.model.results.document import Document


@dataclass(slots=True)
class Counts(Document):
    """How many relations came to which outcome. Each Id counts once.

    - `retrieved` relations landed. `retried` ones waited in quarantine, did not land, and were
      tried again.
    - `inserted`, `updated`, `deleted` (marked by `is_deleted`), `unchanged` and `suppressed` (a
      trigger took the row away) count relations of both kinds.
    - `failed` relations landed and failed, or a trigger took them away. `failed_again` ones were
      retried, with the same result.
    - `set_aside` relations landed and belong in no table. `set_aside_again` ones were retried.
    - `healed` relations left the quarantine for the table. Each counts as inserted, updated,
      deleted or unchanged too.
    - `swept` rows were marked as deleted because a full run did not see them. They did not land, so
      the accounting leaves them out.
    - `listed_as_removed` deletes landed from Salesforce's list of deletes. For them `removed` rows
      were marked as deleted, and `removed_waiting` ones left the quarantine. The accounting leaves
      these out too.
    - `quarantined_now` relations wait at the end of the run.
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
    """How the table, the quarantine and the rows set aside stand at the end of the run.

    - `in_table` counts the live rows of the table; None where nobody has counted them.
    - `waiting` counts the live rows of the quarantine.
    - `set_aside` counts the rows that belong in no table.
    - `counted_at` is when a run last counted the live rows. Each promotion since then has added
      what it changed.
    - `fresh_until` is a time by Salesforce's clock. The runs have read every change before it.
      `fresh_until_here` is the same moment by the clock of the machine that read.
    - `read_from` is where the first window began, by the start_date of its run. What was last
      changed before it was never read. None where everything was read.
    - `goal` and `fail_below` are percentages, as the health is.
    - `waiting_since` is when rows began to wait.
    - `state_since` is when the health rose to the goal, or fell under it.
    """

    in_table: int | None = None
    waiting: int = 0
    set_aside: int = 0
    counted_at: str | None = None
    fresh_until: str | None = None
    fresh_until_here: str | None = None
    read_from: str | None = None
    goal: float = 95.0
    fail_below: float = 50.0
    waiting_since: str | None = None
    state_since: str | None = None

    @property
    def percent(self) -> float | None:
        """The share of the live rows that is in the table, as a percentage.

        None where there are no live rows, and where nobody has counted the table's.
        """
        live = (self.in_table or 0) + self.waiting
        return None if self.in_table is None or not live else 100.0 * self.in_table / live


@dataclass(slots=True)
class Accounting(Document):
    """Whether the numbers add up.

    `left` counts the relations that landed or were retried. `right` adds up the outcomes, of which
    each relation has one. `closes` says that both are equal.
    """

    left: int = 0
    right: int = 0
    closes: bool = True


@dataclass(slots=True)
class ParentCounts(Document):
    """How many rows of one parent table came to which outcome. Each Id counts once."""

    retrieved: int = 0
    retried: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    failed: int = 0
    suppressed: int = 0
    quarantined_now: int = 0
