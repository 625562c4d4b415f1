"""The folder of the embedded PostgreSQL, and the places in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from taskwho.model.project import own_folder, own_path

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths in `home`, which belongs to whoever runs taskwho and is closed to everybody else."""

    home: Path

    @classmethod
    def of(cls, project: Path) -> Self:
        """The places in a project. Nothing is created."""
        return cls(own_path(project) / "postgres")

    @classmethod
    def created(cls, project: Path) -> Self:
        """The same, and `home` is there with mode 0700."""
        layout = cls(own_folder(project) / "postgres")
        layout.home.mkdir(mode=0o700, exist_ok=True)
        layout.home.chmod(0o700)
        return layout

    @property
    def lock(self) -> Path:
        """Held by whoever creates or starts the server, then by the server as long as it lives."""
        return self.home / "lock"

    @property
    def password(self) -> Path:
        """The password of the role postgres."""
        return self.home / "password"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "log"

    @property
    def server(self) -> Path:
        """What the server's account owns. It is there as a whole or not at all."""
        return self.home / "server"

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory, and the server's working directory."""
        return self.server / "data"

    @property
    def run(self) -> Path:
        """The folder of the socket."""
        return self.server / "run"
