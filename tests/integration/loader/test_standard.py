"""The SDK's standard tests for targets."""

from __future__ import annotations

import pytest
from singer_sdk.testing import get_target_test_class
from singer_sdk.testing.runners import TargetTestRunner
from target_postgres_taskwho.target import TargetPostgresTaskWho

StandardTests = get_target_test_class(TargetPostgresTaskWho)


class TestTargetPostgresTaskWho(StandardTests):  # type: ignore[misc,valid-type] # made at run time
    """Every stream lands in a database of the test's own."""

    @pytest.fixture
    def runner(self, database_url: str) -> TargetTestRunner:
        """Run with the database's URL."""
        config = {"sqlalchemy_url": database_url, "sanitize_null_text_characters": True}
        return TargetTestRunner(TargetPostgresTaskWho, config=config)
