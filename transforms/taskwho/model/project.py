"""Where a project stands, and the folder in it that taskwho keeps its own files in."""

from __future__ import annotations

import os
from pathlib import Path

from taskwho.model.private_files import make_private


def root() -> Path:
    """The folder of meltano.yml, searched for from here upwards as Meltano does; else this one."""
    if given := os.environ.get("MELTANO_PROJECT_ROOT"):
        return Path(os.path.realpath(given))
    here = Path.cwd()
    return next((at for at in (here, *here.parents) if (at / "meltano.yml").is_file()), here)


def own_path(project: Path) -> Path:
    """TASKWHO_HOME, or `.taskwho`: the embedded PostgreSQL, locks and the last run's log."""
    return Path(os.environ.get("TASKWHO_HOME") or project / ".taskwho").absolute()


def own_folder(project: Path) -> Path:
    """The same. Made if absent, for its owner alone."""
    return make_private(own_path(project))
