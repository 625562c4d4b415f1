"""Meltano's files with secrets: its config files stay where a run of it was killed."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

_DAY_SECONDS = 86_400
_OWNER_ONLY = 0o700


def tidy(project: Path) -> None:
    """Close the folder to others, and remove config files that are older than any run lives."""
    run = Path(os.environ.get("MELTANO_SYS_DIR_ROOT") or project / ".meltano") / "run"
    with contextlib.suppress(FileNotFoundError, PermissionError):
        run.chmod(_OWNER_ONLY)
    for file in run.glob("*/*.config.json"):
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > _DAY_SECONDS:
                file.unlink()
