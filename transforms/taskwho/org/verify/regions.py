"""Ranges of Ids and of SystemModstamp, and what it costs to find differences in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Cut = TypeVar("Cut")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The live relations with `after_id < Id <= until_id` and `since <= SystemModstamp < before`.

    None is open. Stamps are in UTC without a time zone, as the tables hold them.
    """

    after_id: str | None = None
    until_id: str | None = None
    since: datetime | None = None
    before: datetime | None = None


def divided(cuts: Sequence[Cut]) -> list[tuple[Cut | None, Cut | None]]:
    """The stretches between these cuts; the first and the last one are open."""
    return list(pairwise([None, *cuts, None]))


def halving(pages: int, differences: int) -> int:
    """The calls that find differences in pages by a count of one half, then in both halves.

    The count of the other half is the rest. Differences are taken to be spread evenly.
    """
    half, some = pages // 2, differences // 2
    return 1 + _finding(half, some) + _finding(pages - half, differences - some)


@cache
def _finding(pages: int, differences: int) -> int:
    if differences == 0 or pages <= 1:
        return min(differences, pages)
    return min(pages, halving(pages, differences))
