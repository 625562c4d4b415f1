"""The data directory: `initdb` creates it in a clean place, then it is copied to its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from taskwho.database.embedded import outside
from taskwho.database.embedded.account import of_initdb
from taskwho.database.embedded.address import create_password
from taskwho.database.embedded.postmaster import last_complaint
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_NOT_POSSIBLE

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.database.embedded.account import Account
    from taskwho.database.embedded.layout import Layout

_INITDB_SECONDS = 120
_OPTIONS = (
    "--no-sync",
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    # the same on every machine, whatever its locales
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)


def create(layout: Layout, account: Account, programs: Path) -> None:
    """Create `layout.server` as a whole or not at all.

    `initdb` gives paths to a shell, and run by root it runs as nobody. So it works in a folder of
    its own in /tmp, and the result is copied.
    """
    new = layout.server.with_name("server.new")
    shutil.rmtree(new, ignore_errors=True)
    work = outside.create(layout.home, outside.INITDB, mode=0o711)
    try:
        create_password(layout)
        _initdb(layout, programs, work)
        new.mkdir(mode=0o700)
        shutil.copytree(work / "data", new / "data", symlinks=True)
        account.own(new)
        os.sync()
        new.rename(layout.server)
    finally:
        for left in (work, new):
            shutil.rmtree(left, ignore_errors=True)


def _initdb(layout: Layout, programs: Path, work: Path) -> None:
    data, pwfile, account = work / "data", work / "password", of_initdb()
    data.mkdir(mode=0o700)
    pwfile.touch(mode=0o600)
    pwfile.write_text(layout.password.read_text("utf-8"), "utf-8")
    for needed in (data, pwfile):
        account.own(needed)
    done = subprocess.run(  # noqa: S603 - a program of the wheel
        [programs / "initdb", *_OPTIONS, f"--pwfile={pwfile}", "-D", data],
        **account.options(),
        cwd="/",
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_INITDB_SECONDS,
        check=False,
    )
    if done.returncode:
        said = last_complaint(done.stderr)
        raise TaskwhoError(EMBEDDED_NOT_POSSIBLE, folder=layout.home, said=said)
