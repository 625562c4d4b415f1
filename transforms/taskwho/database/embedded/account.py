"""The account that PostgreSQL's programs run as: they refuse to run as root."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import secrets
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.database.embedded.layout import Layout

# numbers that neither Debian nor systemd gives to anybody (https://systemd.io/UIDS-GIDS/), and that
# exist in a container with 65,536 numbers too
_UNUSED = range(60706, 61184)


@dataclass(frozen=True, slots=True)
class Account:
    """A user and a group without any further groups; None is who runs this process."""

    user: int | None = None
    group: int | None = None

    @classmethod
    def of(cls, path: Path) -> Self:
        """Whoever owns a path, where root runs this process."""
        found = path.stat()
        return cls() if os.geteuid() else cls(found.st_uid, found.st_gid)

    def options(self) -> dict[str, Any]:
        """How `subprocess` starts a program as this account, out of reach of everything else."""
        return {
            "user": self.user,
            "group": self.group,
            "extra_groups": None if self.user is None else [],
            "umask": 0o077,
            # macOS makes a program multithreaded that has no locale
            "env": {"LC_ALL": "C"},
            "stdin": subprocess.DEVNULL,
        }

    def own(self, path: Path) -> None:
        """Give it a path and everything below. The path comes last: then all is done."""
        if self.user is not None and self.group is not None:
            for each in reversed([path, *path.rglob("*")]):
                os.chown(each, self.user, self.group, follow_symlinks=False)


def of_server(layout: Layout) -> Account:
    """Whoever runs this process; run by root, a number that has no account.

    A process of an account such as nobody could reach what belongs to that account.
    """
    home = Account.of(layout.home)
    if home.user != 0:  # not root, or root starts the server of a user's project
        return home
    owner = layout.data.stat().st_uid if layout.data.exists() else 0
    while owner == 0 or _is_taken(owner):
        owner = secrets.choice(_UNUSED)
    return Account(owner, owner)


def of_initdb() -> Account:
    """`initdb`, other than the server, runs only as a user with an account."""
    if os.geteuid() != 0:
        return Account()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise OSError("root needs an account nobody, to run initdb") from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def _is_taken(number: int) -> bool:
    for look_up in (pwd.getpwuid, grp.getgrgid):
        with contextlib.suppress(KeyError):
            look_up(number)
            return True
    return False
