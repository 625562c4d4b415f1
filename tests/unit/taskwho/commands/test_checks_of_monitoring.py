"""Doctor warns of an alert that cannot arrive, and of numbers that cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from taskwho.commands.checks.monitoring import check_monitoring
from taskwho.model.settings import PostLoadSettings

WRONG = PostLoadSettings(notify="http://hooks.example.org/s3cret", metrics=Path("/no/such/f.prom"))


@pytest.mark.parametrize("notify", ["", "https://hooks.example.org/s3cret", "http://[::1]:80/x "])
@pytest.mark.parametrize("metrics", [None, "taskwho.prom"])
def test_there_is_nothing_to_say_of_what_can_be_used(
    tmp_path: Path, notify: str, metrics: str | None
) -> None:
    settings = PostLoadSettings(notify=notify, metrics=tmp_path / metrics if metrics else None)
    assert list(check_monitoring(settings)) == []


def test_what_cannot_be_used_is_a_warning_with_its_fix_and_without_the_address() -> None:
    address, file = check_monitoring(WRONG)
    assert str(address) == (
        "warn No alert can arrive at the address in TASKWHO_NOTIFY: it is no https address, and no "
        "http address on loopback.\n     Fix: Correct the address, or take it away."
    )
    assert str(file).startswith("warn The numbers of a run cannot be written to /no/such/f.prom.")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert len(list(check_monitoring(PostLoadSettings(metrics=tmp_path)))) == 1
