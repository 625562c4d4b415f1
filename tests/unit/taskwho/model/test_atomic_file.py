"""A file is replaced whole, or stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.model.atomic_file import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def test_the_new_file_has_the_text_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_atomically(file, "one\ntwo\n")
    assert file.read_bytes() == b"one\ntwo\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_atomically(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "new \ud800")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
