"""Files of `meltano run` with secrets and rows: Meltano and the plugins make them by the umask."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from taskwho.model.private_files import make_private

_DAY_SECONDS = 86_400
_OWNER_ONLY = 0o700


def tidy(project: Path) -> None:
    """Close the folder of config files to others, and remove those older than any run lives.

    They stay where a run of Meltano was killed.
    """
    if not (project / "meltano.yml").is_file():
        return
    run = Path(os.environ.get("MELTANO_SYS_DIR_ROOT") or project / ".meltano") / "run"
    _close(run)
    for file in run.glob("*/*.config.json"):
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > _DAY_SECONDS:
                file.unlink()


def close_batches(project: Path) -> None:
    """Close the folder of batch files, as `meltano.yml` names it, before the tap makes it."""
    if (project / "meltano.yml").is_file():
        _close(project / ".taskwho" / "batches")


def _close(folder: Path) -> None:
    with contextlib.suppress(OSError):  # whoever uses it says what is wrong with it
        make_private(folder).chmod(_OWNER_ONLY)
