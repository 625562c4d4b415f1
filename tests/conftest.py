"""What every test shares: a clean environment, marks by folder, a database of its own."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.checkout import is_setting
from tests.support.postgresql import Server, server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent


def pytest_configure() -> None:
    """Let children hear Ctrl-C, which a shell's background job and all its children ignore."""
    _forget_settings()
    _hear_signals()
    # a slow example says that the machine is busy, not that the code is wrong
    settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("any")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by the folder it stands in: its cost."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        item.add_marker(getattr(pytest.mark, folder))


@pytest.fixture(autouse=True)
def clean_environ() -> None:
    """No setting of the person who runs the tests, and none of another test, reaches a test."""
    _forget_settings()


@pytest.fixture(autouse=True)
def clean_signals() -> None:
    """No signal handler of another test reaches a test: singer-sdk's plugins leave theirs."""
    _hear_signals()


def _forget_settings() -> None:
    for name in list(os.environ):
        if is_setting(name) or name.lower().endswith("_proxy"):
            del os.environ[name]


def _hear_signals() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL server of this process: under pytest-xdist each worker starts its own."""
    with server() as started:
        yield started


@pytest.fixture
def make_database(postgres: Server) -> Iterator[Callable[..., str]]:
    """Make databases that only this test has, empty or from a template; its end drops them."""
    with ExitStack() as made:
        yield lambda *template: made.enter_context(postgres.database(*template))


@pytest.fixture
def database_url(make_database: Callable[[], str]) -> str:
    """The URL of an empty database that only this test has."""
    return make_database()
