"""Installs the other contenders, each in a virtual environment below `.bench/`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.errors import BenchError
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOME = ROOT / ".bench"


def install(name: str, *packages: str) -> Path:
    """Install pinned packages unless they are installed; return the folder of their commands."""
    folder = HOME / "venvs" / name
    listed = folder / "installed.txt"
    if not listed.exists() or listed.read_text("utf-8") != "\n".join(packages):
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], name)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, *packages], name)
        listed.write_text("\n".join(packages), "utf-8")
    return folder / "bin"


def _run(command: list[str], name: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(
            f"{name} cannot be installed:\n{done.stderr[-2_000:]}\n"
            f"Check the network, or leave it out: make bench BENCH='--skip {name}'."
        )
