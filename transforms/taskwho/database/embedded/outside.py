"""The few folders that the embedded server needs outside its own: private ones in /tmp.

Their names hold the number of the server's folder. So a later start finds them, and a copy of the
project never touches those of the original.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

# not TMPDIR: that of a session can be closed to other accounts, or too long for a socket
_TEMP = Path("/tmp")  # noqa: S108 - mkdtemp makes the folders in it

SOCKET, PROGRAMS, INITDB = "socket", "programs", "initdb"


def folders(home: Path, kind: str) -> list[Path]:
    """Those that this account created for the server in `home`."""
    found = sorted(_TEMP.glob(f"{_prefix(home, kind)}*"))
    return [folder for folder in found if _is_ours(folder.lstat())]


def create(home: Path, kind: str, mode: int = 0o700) -> Path:
    """A new one; mode 0711 lets another account go through it to what it may open."""
    folder = Path(tempfile.mkdtemp(prefix=_prefix(home, kind), dir=_TEMP))
    folder.chmod(mode)
    return folder


def remove(home: Path, kind: str) -> None:
    """Remove all of one kind."""
    for folder in folders(home, kind):
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(home: Path, kind: str) -> str:
    place = home.stat()
    return f"taskwho-{kind}-{place.st_dev}-{place.st_ino}-"


def _is_ours(found: os.stat_result) -> bool:
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
