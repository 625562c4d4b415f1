"""The partitions of a window: where they are cut, joined and dropped as Ids become known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.pagination.id_space import pod_of

if TYPE_CHECKING:
    from tap_salesforce_taskwho.pagination.partition import Partition


@dataclass(slots=True)
class Partitions:
    """Partitions in the order of their Ids. Together they leave no Id of the window out.

    `last_id` is the largest Id of the window, as soon as it is known.
    """

    items: list[Partition]
    last_id: str | None = field(default=None)

    @property
    def are_read(self) -> bool:
        """Whether no page is left to fetch."""
        return all(partition.is_read for partition in self.items)

    @property
    def pages_waiting(self) -> int:
        """How many pages wait to be emitted."""
        return sum(len(partition.pages) for partition in self.items)

    def insert_after(self, partition: Partition, rest: Partition) -> None:
        """Insert what was cut off a partition."""
        self.items.insert(self.items.index(partition) + 1, rest)

    def cut_pod(self, partition: Partition) -> str | None:
        """Cut off the Ids of other pods; gives the last Id that the pod can have, if it was cut."""
        if partition.is_busy or partition.is_read:
            return None
        if partition.after_id is None or partition.until_id is None:
            return None
        _, end = pod_of(partition.after_id)
        if partition.after_id == end or partition.until_id <= end:
            return None
        rest = partition.cut_at(end)
        rest.density = None
        self.insert_after(partition, rest)
        start, _ = pod_of(rest.until_id or end)
        if rest.until_id == self.last_id and start > end:
            self.insert_after(rest, rest.cut_at(start))
        return end

    def learn_last(self, until_id: str | None, last_id: str | None) -> None:
        """End the partitions up to `until_id` at their last Id, which the org has given."""
        for partition in self.items:
            until = partition.until_id
            if until_id is not None and (until is None or until > until_id):
                continue
            after = partition.after_id
            if after is not None and (last_id is None or after >= last_id):
                partition.until_id = after  # nothing is left to divide
                # the last partition stays: its page, though empty, says that everything is read
                is_needed = partition.is_busy or partition is self.items[-1]
                partition.is_read = partition.is_read or not is_needed
            elif until is None or last_id is None or until > last_id:
                partition.until_id = last_id
        if until_id is None:
            self.last_id = last_id
            self._drop_what_follows_the_last()

    def _drop_what_follows_the_last(self) -> None:
        """Drop the last partition where it lies beyond the last Id and another page is to come."""
        *before, last = self.items
        is_beyond = last.after_id is not None and last.after_id >= (self.last_id or "")
        alive = [partition for partition in before if partition.pages or not partition.is_read]
        if last.is_untouched and is_beyond and alive:
            self.items[:] = alive

    def join_after_gap(self, emptied: Partition) -> None:
        """Join the untouched partitions after one that holds the beginning of a gap.

        They were cut by a density that says nothing of what follows the gap: only the next page
        shows where the rows go on.
        """
        at = self.items.index(emptied) + 1
        while at < len(self.items) and self.items[at].density is emptied.density:
            if self.items[at].is_untouched:
                self._join_from(at)
                return
            at += 1

    def _join_from(self, at: int) -> None:
        joined = self.items[at]
        while at + 1 < len(self.items):
            following = self.items[at + 1]
            if not following.is_untouched or following.density is not joined.density:
                break
            joined.until_id = self.items.pop(at + 1).until_id
        joined.is_at_gap = True
