"""What every contender has: a name, a note, a table, and a method that runs it once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.bench.org.client import Org
    from tests.bench.system.processes import Ended

RESULT = "public.sf_taskwhorelations"


class Check(Enum):
    """How the rows of a run are compared with the org's."""

    EXACT = "every row whose parents are there, as queryAll shows it, and no other"
    LIVE = "the same, without what plain query hides"
    COUNTED = "as many rows as queryAll shows, since no foreign key refuses any"


@dataclass(frozen=True)
class Site:
    """What one run gets: an org, a database and an empty folder."""

    org: Org
    url: str
    folder: Path

    def write(self, name: str, content: Mapping[str, Any]) -> Path:
        """Write a JSON file for a process to read."""
        path = self.folder / name
        path.write_text(json.dumps(content), "utf-8")
        return path


class Contender(Protocol):
    """A way to load an org's relations into PostgreSQL."""

    name: str
    note: str
    result: str  # the table that it fills
    check: Check
    in_flight: int

    def run(self, site: Site) -> list[Ended]:
        """Load everything once; return the processes that ended."""
        ...
