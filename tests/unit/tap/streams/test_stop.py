"""A stop comes at any moment and is obeyed between two pages, or while the tap waits."""

from __future__ import annotations

import pytest
from tap_salesforce_taskwho.errors import Stopped
from tap_salesforce_taskwho.streams.stop import Stop


def test_nobody_has_asked_at_first() -> None:
    stop = Stop()
    stop.check()
    with stop.waiting():
        pass
    assert not stop.is_asked


def test_a_stop_is_obeyed_at_the_next_check() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped) as caught:
        stop.check()
    assert caught.value.exit_code == 130
    assert str(caught.value) == (
        "The tap stopped, as asked. Run again: the next run goes on where this one ended. What was "
        "read is kept in the state."
    )


def test_a_stop_cuts_a_wait_short() -> None:
    stop = Stop()
    with pytest.raises(Stopped), stop.waiting():
        stop.ask()


def test_no_wait_begins_after_a_stop() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped), stop.waiting():
        raise AssertionError


class StopAfterTheCheck(Stop):
    """Somebody asks right after the check with which a wait begins."""

    def check(self) -> None:
        """Check, then ask."""
        super().check()
        self.ask()


def test_a_stop_between_the_check_and_the_wait_is_obeyed() -> None:
    with pytest.raises(Stopped), StopAfterTheCheck().waiting():
        raise AssertionError
