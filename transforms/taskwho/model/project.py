"""Where a project stands, and the folder in it that taskwho keeps its own files in."""

from __future__ import annotations

import os
from pathlib import Path


def root() -> Path:
    """The folder of meltano.yml, searched for from here upwards as Meltano does; else this one."""
    if given := os.environ.get("MELTANO_PROJECT_ROOT"):
        return Path(given).resolve()
    here = Path.cwd()
    return next((at for at in (here, *here.parents) if (at / "meltano.yml").is_file()), here)


def home(project: Path) -> Path:
    """TASKWHO_HOME, else `.taskwho` in the project: the folder of all files but reports."""
    return Path(os.environ.get("TASKWHO_HOME") or project / ".taskwho")


def own_folder(project: Path) -> Path:
    """The same, made where it is absent: only its owner can enter it."""
    folder = home(project)
    folder.mkdir(0o700, parents=True, exist_ok=True)
    return folder
