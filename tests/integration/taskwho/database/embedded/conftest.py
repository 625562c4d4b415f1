"""An embedded PostgreSQL that is created once, and copied for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.database import embedded

from tests.support.embedded.projects import copy, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def stopped_project() -> Iterator[Path]:
    """A project whose embedded PostgreSQL was created and stopped."""
    with folder_of() as folder:
        embedded.start(folder)
        embedded.stop(folder)
        yield folder


@pytest.fixture
def folder(stopped_project: Path) -> Iterator[Path]:
    """A copy of that project."""
    with folder_of() as made:
        copy(stopped_project / ".taskwho", made)
        yield made


@pytest.fixture
def empty_folder() -> Iterator[Path]:
    """A folder where nothing was created yet."""
    with folder_of() as made:
        yield made
