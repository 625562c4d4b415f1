"""Data of earlier releases, which let in whoever reached the socket: taken over as it is."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from taskwho.database.embedded import password
from taskwho.database.embedded.account import Account
from taskwho.database.embedded.postmaster import (
    ENVIRONMENT,
    data_argument,
    last_complaint,
    living,
)
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_NOT_POSSIBLE, EMBEDDED_OF_EARLIER_RELEASE_RUNS

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.database.embedded.layout import Layout

_ACCOUNT = "pgserver"  # that an earlier release made where root ran it
_HBA = "local all all scram-sha-256\n"


def is_there(layout: Layout) -> bool:
    """Whether the data directory of an earlier release fills the folder."""
    return (layout.home / "PG_VERSION").exists()


def socket_folders(layout: Layout) -> set[str]:
    """Where an earlier release had its socket."""
    recorded = _url_file(layout)
    if not recorded.exists():
        return {str(layout.home)}
    query = urlsplit(recorded.read_text("utf-8").strip()).query
    return {str(layout.home), *parse_qs(query).get("host", [])}


def refuse_to_touch_a_living_server(layout: Layout) -> None:
    """Raise TaskwhoError where a server of an earlier release may still run here."""
    if is_there(layout) and (found := living(layout.home)):
        raise TaskwhoError(
            EMBEDDED_OF_EARLIER_RELEASE_RUNS,
            number=found.process.pid,
            file=layout.home / "postmaster.pid",
        )


def take_over(layout: Layout, programs: Path) -> None:
    """Demand a password, and move the data to its place. After a kill the next start goes on."""
    refuse_to_touch_a_living_server(layout)
    old = layout.home
    if not layout.server.exists():
        (old / "postmaster.pid").unlink(missing_ok=True)
        _set_password(layout, programs)
        (old / "pg_hba.conf").write_text(_HBA, "utf-8")
        layout.server.mkdir(mode=0o700)
    if old.owner() == _ACCOUNT:
        os.chown(old, os.geteuid(), os.getegid())
    layout.data.mkdir(mode=0o700, exist_ok=True)
    paths = set(old.iterdir()) - {layout.lock, layout.password, layout.server}
    # PG_VERSION goes last: without it there is nothing to take over
    for path in sorted(paths, key=lambda each: each.name == "PG_VERSION"):
        path.rename(layout.data / path.name)
    for left in (_url_file(layout), old.with_name("postgres.lock")):
        left.unlink(missing_ok=True)


def _set_password(layout: Layout, programs: Path) -> None:
    verifier = password.scram_verifier(password.read_or_create(layout.password))
    owner = Account.of(layout.home)
    done = subprocess.run(  # noqa: S603 - a program of the wheel
        [programs / "postgres", "--single", "-D", data_argument(layout.home), "postgres"],
        cwd=layout.home,
        env=ENVIRONMENT,
        input=f"alter role postgres password '{verifier}'\n",
        capture_output=True,
        text=True,
        errors="replace",
        user=owner.user,
        group=owner.group,
        extra_groups=owner.groups,
        check=False,
    )
    if done.returncode or "ERROR:" in done.stderr:
        said = last_complaint(done.stderr)
        raise TaskwhoError(EMBEDDED_NOT_POSSIBLE, folder=layout.home, said=said)


def _url_file(layout: Layout) -> Path:
    return layout.home.with_name("postgres.url")
