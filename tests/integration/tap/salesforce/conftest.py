"""What the tests of the REST client share."""

from __future__ import annotations

import pytest


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait between attempts: the jitter is always 0."""
    monkeypatch.setattr("tap_salesforce_taskwho.salesforce.retry_policy.CHANCE.random", lambda: 0.0)
