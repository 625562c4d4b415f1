"""Changes of an org by name: what people do there, and what a step says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.histories.steps import Change
    from tests.sandbox import Sandbox

MANY = 15
FEWEST = 5  # live records of each kind that are left to work with
LATEST_COMMIT_SECONDS = 15  # times an amount of at most 40: ten minutes


def change(org: Sandbox, given: Change) -> None:
    """Let it happen, unless too little is left for it."""
    with org.lock:
        amount = given.amount
        if all(len(org.known(kind)) >= FEWEST + amount for kind in ("Task", "Contact")):
            made = CHANGES.get(given.kind)
            if made is None:
                getattr(org, given.kind)(amount)
            else:
                made(org, amount)


def repoint(org: Sandbox, amount: int) -> None:
    """Give relations a task that readers do not know yet."""
    [task] = org.add_tasks(1)
    org.withhold([task])
    org.update(amount, TaskId=task)


# those that are more than a method of the org and a number of records
CHANGES: dict[str, Callable[[Sandbox, int], object]] = {
    "insert_many": lambda org, amount: org.insert(amount * MANY),
    "orphans": lambda org, amount: org.insert_orphans(amount),
    "update_many": lambda org, amount: org.update(amount * MANY),
    "repoint": repoint,
    "commit_late": lambda org, amount: org.commit_late(amount, amount * LATEST_COMMIT_SECONDS),
    "empty_recycle_bin": lambda org, _: org.empty_recycle_bin(),
    "advance_clock": lambda org, amount: org.advance_clock(amount * 60),
}
