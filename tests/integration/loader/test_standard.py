"""The SDK's standard tests for targets."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from singer_sdk.testing import get_target_test_class
from singer_sdk.testing.runners import TargetTestRunner
from target_postgres_taskwho.target import TargetPostgresTaskWho

if TYPE_CHECKING:
    from collections.abc import Iterator

StandardTests = get_target_test_class(TargetPostgresTaskWho)


class TestTargetPostgresTaskWho(StandardTests):  # type: ignore[misc,valid-type] # made at run time
    """Every stream lands in a database of the test's own."""

    @pytest.fixture(autouse=True)
    def _signal_handlers(self) -> Iterator[None]:
        # a target takes SIGINT and SIGTERM over, and these targets live in the tests' process
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        yield
        for number, handler in handlers.items():
            signal.signal(number, handler)

    @pytest.fixture
    def runner(self, database_url: str) -> TargetTestRunner:
        """Run with the database's URL."""
        config = {"sqlalchemy_url": database_url, "sanitize_null_text_characters": True}
        return TargetTestRunner(TargetPostgresTaskWho, config=config)
