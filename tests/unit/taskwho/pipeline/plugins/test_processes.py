"""Tap and loader as processes: what their ends mean, and that none is left."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from taskwho.model.exit_codes import ExitCode
from taskwho.pipeline.plugins.processes import Children, Program

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = Program(["--no-such-option"], {})


def test_children_that_nobody_needs_are_gone_after_their_block() -> None:
    with Children(os.environ) as waiting:
        started = {waiting.tap.pid, waiting.loader.pid}
        assert started <= {child.pid for child in psutil.Process().children()}
    assert not started & {child.pid for child in psutil.Process().children()}


def test_children_run_with_what_they_are_told(tmp_path: Path) -> None:
    with Children(os.environ) as children:
        children.begin(tmp_path, UNKNOWN, UNKNOWN)
        said = {line.source: line.text for line in children.lines() if line}
    assert (children.tap_code, children.loader.returncode) == (2, 2)
    assert "--no-such-option" in said["tap"]
    assert "--no-such-option" in said["loader"]


@pytest.mark.parametrize("seconds", [0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2])
def test_a_stop_that_strikes_before_the_tap_can_answer_it_is_a_stop(seconds: float) -> None:
    with Children(os.environ) as children:
        time.sleep(seconds)
        children.stop()
        children.tap.wait()
        assert children.tap_code == ExitCode.STOPPED


def test_a_signal_that_somebody_else_sent_is_told_as_such() -> None:
    with Children(os.environ) as children:
        children.tap.send_signal(signal.SIGKILL)
        children.tap.wait()
        assert children.tap_code == -signal.SIGKILL
