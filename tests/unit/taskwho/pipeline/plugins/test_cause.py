"""The cause of a failure is the child that failed of itself."""

from __future__ import annotations

import signal
from pathlib import Path

from taskwho.pipeline.plugins.cause import LOADER_GONE, End, causes
from taskwho.pipeline.plugins.log import Heard

LOG = Path("/home/logs/sync.log")
GOOD_TAP, GOOD_LOADER = End("tap", 0, Heard()), End("loader", 0, Heard())


def test_there_is_none_where_both_end_well() -> None:
    assert causes(GOOD_TAP, GOOD_LOADER) == []


def test_a_loader_s_success_says_nothing_while_the_tap_failed() -> None:
    tap = End("tap", 2, Heard("The secret is wrong.", "login-refused"))
    assert causes(tap, GOOD_LOADER) == [tap]
    assert tap.message(LOG) == "The secret is wrong."


def test_the_loader_counts_where_the_tap_says_that_it_stopped_reading() -> None:
    tap = End("tap", 1, Heard("The loader stopped reading.", LOADER_GONE))
    loader = End("loader", 2, Heard("The password is wrong."))
    assert causes(tap, loader) == [loader]
    assert causes(tap, GOOD_LOADER) == [tap]


def test_a_loader_s_complaint_about_a_cut_line_does_not_count_where_the_tap_was_killed() -> None:
    tap = End("tap", -signal.SIGKILL, Heard())
    loader = End("loader", 1, Heard("A line is no JSON."))
    assert causes(tap, loader) == [tap]
    assert tap.message(LOG) == (
        "The tap was killed by the signal SIGKILL. The machine may have run out of memory, or "
        f"somebody ended it. Run again. The log is {LOG}. What was loaded is kept: the next run "
        "goes on from the last state."
    )


def test_both_count_where_both_failed_of_themselves() -> None:
    tap, loader = End("tap", 3, Heard("Quota.")), End("loader", 1, Heard("Disk full."))
    assert causes(tap, loader) == [tap, loader]


def test_an_end_without_a_word_names_the_exit_code_and_the_log() -> None:
    assert End("loader", 7, Heard()).message(LOG) == (
        f"The loader ended with exit code 7 and gave no reason. Run again. The log is {LOG}. "
        "What was loaded is kept: the next run goes on from the last state."
    )


def test_a_stop_needs_no_reason() -> None:
    assert End("tap", 130, Heard()).message(LOG) is None
    assert End("tap", 130, Heard("Stopped between two pages.")).message(LOG) is not None
