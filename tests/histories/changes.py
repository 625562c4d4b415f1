"""The changes of an org that a history can name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.histories.steps import Change
    from tests.sandbox import Sandbox

MANY = 15
FEWEST = 5  # records of each kind that a change must leave
COMMIT_DELAY_SECONDS = 15  # for each of at most 40: ten minutes in all


def apply(change: Change, org: Sandbox) -> None:
    """Change the org, unless it has too few records for it."""
    with org.lock:
        amount = change.amount
        if all(len(org.known(kind)) >= FEWEST + amount for kind in ("Task", "Contact")):
            special = SPECIAL.get(change.kind)
            if special is None:
                getattr(org, change.kind)(amount)
            else:
                special(org, amount)


def repoint(org: Sandbox, amount: int) -> list[str]:
    """Give relations a new task that the reader's database does not hold yet."""
    [task] = org.add_tasks(1)
    org.withhold([task])
    return org.update(amount, TaskId=task)


# the other changes are a method of the org and a number of records
SPECIAL: dict[str, Callable[[Sandbox, int], object]] = {
    "insert_many": lambda org, amount: org.insert(amount * MANY),
    "orphans": lambda org, amount: org.insert_orphans(amount),
    "update_many": lambda org, amount: org.update(amount * MANY),
    "repoint": repoint,
    "repoint_and_delete": lambda org, amount: org.soft_delete(repoint(org, amount)),
    "commit_late": lambda org, amount: org.commit_late(amount, amount * COMMIT_DELAY_SECONDS),
    "empty_recycle_bin": lambda org, _: org.empty_recycle_bin(),
    "advance_clock": lambda org, amount: org.advance_clock(amount * 60),
}
