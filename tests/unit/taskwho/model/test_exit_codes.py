"""One exit code for a run of several parts."""

from __future__ import annotations

import pytest
from taskwho.model.exit_codes import ExitCode, worst

from tests.support.checkout import ROOT


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


def test_the_readme_says_what_every_exit_code_means() -> None:
    paragraph = (ROOT / "README.md").read_text().split("Exit codes: ")[1].split("\n\n")[0]
    text = " ".join(paragraph.split())
    for code in ExitCode:
        assert f"{code.value} {code.meaning}" in text
