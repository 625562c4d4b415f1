"""Exit codes."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho import errors


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (errors.TapError, 1),
        (errors.RetriesExhausted, 1),
        (errors.InconsistentPage, 1),
        (errors.ReadOnlyViolation, 1),
        (errors.UserError, 2),
        (errors.QuotaReached, 3),
        (errors.Stopped, 130),
    ],
)
def test_every_end_of_a_run_has_its_exit_code(kind: type[errors.TapError], exit_code: int) -> None:
    assert kind("…").exit_code == exit_code
