"""A project's `.env`: settings that the environment does not give, and the database's URL."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from dotenv import dotenv_values

from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.settings import DOTENV_UNREADABLE, DOTENV_UNUSABLE

URL_NAME = "DATABASE_URL"
_URL_LINE = re.compile(rf"^\s*(export\s+)?{URL_NAME}\s*=")


def load(project: Path) -> None:
    """Put its values into the environment. What the environment has already wins."""
    for name, value in _values(project).items():
        if value:
            os.environ.setdefault(name, value)


def database_url(project: Path) -> str | None:
    """DATABASE_URL of the environment, else of `.env`. An empty one is None."""
    if given := os.environ.get(URL_NAME, "").strip():
        return given
    return stored_url(project)


def stored_url(project: Path) -> str | None:
    """DATABASE_URL of `.env`. An empty one is None."""
    return (_values(project).get(URL_NAME) or "").strip() or None


def _values(project: Path) -> dict[str, str | None]:
    # not the file's name, for which python-dotenv takes a folder to be no file at all
    return dotenv_values(stream=io.StringIO(_text(project / ".env")))


def _text(file: Path) -> str:
    """What it holds, nothing where there is none; TaskwhoError where it cannot be read."""
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise TaskwhoError(DOTENV_UNREADABLE, file=file) from None
    except OSError as error:
        raise TaskwhoError(DOTENV_UNUSABLE, file=file, error=error.strerror) from None


def store_database_url(project: Path, url: str) -> None:
    """Write the URL to `.env`, where Meltano finds it. Other lines stay as they are."""
    # os.replace would put a file in the place of a link, and leave the file that it points to
    target = Path(os.path.realpath(project / ".env"))
    lines = _text(target).splitlines()
    kept = [line for line in lines if not _URL_LINE.match(line)]
    place = next((n for n, line in enumerate(lines) if _URL_LINE.match(line)), len(kept))
    kept.insert(place, f"{URL_NAME}='{url}'")
    write_atomically(target, "\n".join(kept) + "\n")
