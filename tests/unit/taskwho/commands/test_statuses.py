"""Every status that a run can have is known where runs are shown."""

from __future__ import annotations

from typing import get_args

import pytest
from taskwho.commands.terminal import summary
from taskwho.model.results.result import Status


@pytest.mark.parametrize("status", get_args(Status))
def test_the_terminal_has_a_word_for_every_status(status: str) -> None:
    assert status in summary._ENDS
