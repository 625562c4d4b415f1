"""Where a project stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.model import project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_project_is_found_from_a_folder_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "meltano.yml").touch()
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert project.root() == tmp_path
