"""Whichever connection of a run the database refuses, Python learns that it was the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import taskwho

from tests.sandbox import Sandbox
from tests.support.postgresql import guest_url
from tests.support.refusing import (
    PASSWORD,
    REFUSALS,
    limit_connections,
    may_create,
    refused_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def given(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with Sandbox(rows=20) as org:
        yield {
            "salesforce": {**org.settings(), "lag_seconds": 0},
            "settings": {"reports_dir": tmp_path / "reports"},
            "home": tmp_path / "home",
            "parents": True,
        }


@pytest.mark.parametrize(("refusal", "said"), REFUSALS.items(), ids=REFUSALS)
def test_the_first_connection(
    refusal: str, said: tuple[str, str], given: dict[str, Any], database_url: str
) -> None:
    with (
        refused_url(refusal, database_url) as url,
        pytest.raises(taskwho.DatabaseUnavailable) as refused,
    ):
        taskwho.sync(database_url=url, **given)
    assert all(text in refused.value.message for text in said)
    assert PASSWORD not in refused.value.message
    assert refused.value.result is not None
    assert (refused.value.result.status, refused.value.result.exit_code) == ("failed", 2)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_later_one_and_the_loader_s(limit: int, given: dict[str, Any], database_url: str) -> None:
    with guest_url(database_url) as guest:
        may_create(guest, database_url)
        limit_connections(guest, database_url, limit)
        with pytest.raises(taskwho.DatabaseUnavailable) as refused:
            taskwho.sync(database_url=guest, **given)
        assert "too many connections for role" in refused.value.message
        limit_connections(guest, database_url, -1)
        assert taskwho.sync(database_url=guest, **given).counts.retrieved == 20
