"""The data directory: created in a clean place by `initdb`, then copied to its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from taskwho.database.embedded import outside, password
from taskwho.database.embedded.account import of_initdb
from taskwho.database.embedded.postmaster import ENVIRONMENT, last_complaint
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

    `initdb` calls a shell with paths, and run by root it belongs to nobody: neither may be so in
    the place where the data stays.
    """
    new = layout.server.with_name("server.new")
    shutil.rmtree(new, ignore_errors=True)
    outside.remove(layout.home, outside.INITDB)
    work = outside.create(layout.home, outside.INITDB)
    try:
        verifier = password.scram_verifier(password.read_or_create(layout.password))
        _initdb(layout, programs, work, verifier)
        new.mkdir(mode=0o700)
        shutil.copytree(work / "data", new / "data", symlinks=True)
        account.own(new)
        os.sync()
        new.rename(layout.server)
    finally:
        for left in (work, new):
            shutil.rmtree(left, ignore_errors=True)


def _initdb(layout: Layout, programs: Path, work: Path, verifier: str) -> None:
    account, data, pwfile = of_initdb(), work / "data", work / "verifier"
    data.mkdir(mode=0o700)
    pwfile.touch(mode=0o600)
    pwfile.write_text(verifier + "\n", "utf-8")
    account.own(work)
    done = subprocess.run(  # noqa: S603 - a program of the wheel
        [programs / "initdb", *_OPTIONS, f"--pwfile={pwfile}", "-D", data],
        cwd="/",
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_INITDB_SECONDS,
        umask=0o077,
        user=account.user,
        group=account.group,
        extra_groups=account.groups,
        check=False,
    )
    if done.returncode:
        said = last_complaint(done.stderr)
        raise TaskwhoError(EMBEDDED_NOT_POSSIBLE, folder=layout.home, said=said)
