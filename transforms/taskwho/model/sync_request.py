"""What a run is asked to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.shards import NOT_A_SHARD
from taskwho.model.settings import PostLoadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ShardName:
    """One of the ranges of Ids that workers share."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> ShardName:
        """Read `2/4`; raises Misconfigured for anything else."""
        found = _SHARD.fullmatch(text.strip())
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise Misconfigured(NOT_A_SHARD, text=text)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """One run, with everything that it needs to know; nothing else is looked up.

    `salesforce` are the tap's settings by name. `streams` are read, those of the job `sync` where
    there are none, and the parents' too with `parents`. `environment` begins the state ids, as
    Meltano's does. `home` is TASKWHO_HOME. `variables` are those of the process that the children
    may need. With `shard` a range of Ids is read; with `load_only` nothing is promoted.
    """

    database_url: str = field(repr=False)
    salesforce: Mapping[str, Any] = field(repr=False)
    streams: tuple[str, ...] = ()
    parents: bool = False
    environment: str = "dev"
    home: Path = Path(".taskwho")
    settings: PostLoadSettings = field(default_factory=PostLoadSettings)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    shard: ShardName | None = None
    load_only: bool = False

    @property
    def mode(self) -> str:
        """What the tap reads."""
        return str(self.salesforce.get("mode") or "incremental")
