"""One exit code for a run of several parts."""

from __future__ import annotations

import pytest
from taskwho.model.exit_codes import worst


@pytest.mark.parametrize(
    ("codes", "whole"),
    [
        ((), 0),
        ((0, 0), 0),
        ((3, 0), 3),
        ((3, 1), 1),  # a failure weighs more than a quota
        ((1, 2), 2),  # what needs a person weighs most
        ((-9, 0), 1),  # killed
        ((130, 0), 130),
    ],
)
def test_the_worst_part_counts(codes: tuple[int, ...], whole: int) -> None:
    assert worst(*codes) == whole
