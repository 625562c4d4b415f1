"""Where a project stands, what its .env says, and what is kept in its .taskwho folder."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import dotenv_values

if TYPE_CHECKING:
    from collections.abc import Iterable

URL_NAME = "DATABASE_URL"
_URL_LINE = re.compile(rf"^\s*(export\s+)?{URL_NAME}\s*=")


def root() -> Path:
    """The folder of meltano.yml, looked for from here upwards as Meltano does; else this one."""
    if given := os.environ.get("MELTANO_PROJECT_ROOT"):
        return Path(given).resolve()
    here = Path.cwd()
    return next((at for at in (here, *here.parents) if (at / "meltano.yml").is_file()), here)


def own_folder(project: Path) -> Path:
    """`.taskwho`: the embedded PostgreSQL, locks and the last run's log; made if absent."""
    folder = project / ".taskwho"
    folder.mkdir(exist_ok=True)
    return folder


def database_url(project: Path) -> str | None:
    """DATABASE_URL of the environment, else of .env; an empty one is none."""
    if given := os.environ.get(URL_NAME, "").strip():
        return given
    return (dotenv_values(project / ".env").get(URL_NAME) or "").strip() or None


def store_database_url(project: Path, url: str) -> None:
    """Write the URL to .env, where Meltano finds it; other lines stay, only the owner can read."""
    # os.replace would put a file in the place of a link, and leave what it points to behind
    target = (project / ".env").resolve()
    lines = target.read_text("utf-8").splitlines() if target.exists() else []
    line = f"{URL_NAME}='{url}'"
    kept = [old for old in lines if not _URL_LINE.match(old)]
    place = next((n for n, old in enumerate(lines) if _URL_LINE.match(old)), len(kept))
    kept.insert(min(place, len(kept)), line)
    write_atomically(target, "\n".join(kept) + "\n", mode=0o600)


def write_atomically(path: Path, text: str | Iterable[str], *, mode: int = 0o644) -> None:
    """Put a whole file in its place or leave what was there, whatever happens in between."""
    pieces = [text] if isinstance(text, str) else text
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
