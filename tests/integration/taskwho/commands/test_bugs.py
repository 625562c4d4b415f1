"""A bug of taskwho has a last line too, and keeps its details where the owner can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho import cli
from taskwho.pipeline import prepare

if TYPE_CHECKING:
    from pathlib import Path


def test_a_bug_is_called_one_and_its_traceback_is_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Path, **__: bool) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(prepare, "prepare", broken)
    monkeypatch.setattr("sys.argv", ["taskwho", "prepare"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    file = tmp_path / ".taskwho" / "crash.log"
    assert capsys.readouterr().err == (
        "Error: ZeroDivisionError inside taskwho. This is a bug of taskwho. Report it with the "
        f"details in {file}. What landed is kept, and the next run goes on.\n"
    )
    assert ended.value.code == 1
    assert "in broken" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
