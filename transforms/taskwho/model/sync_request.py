"""What a run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskwho.model.settings import PostLoadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """One run, with everything that it needs to know; nothing else is looked up.

    `salesforce` are the tap's settings by name. `streams` are read, those of the job `sync` where
    there are none, and the parents' too with `parents`. `environment` begins the state ids, as
    Meltano's does. `home` is TASKWHO_HOME. `variables` are those of the process that the children
    may need.
    """

    database_url: str = field(repr=False)
    salesforce: Mapping[str, Any] = field(repr=False)
    streams: tuple[str, ...] = ()
    parents: bool = False
    environment: str = "dev"
    home: Path = Path(".taskwho")
    settings: PostLoadSettings = field(default_factory=PostLoadSettings)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def mode(self) -> str:
        """What the tap reads."""
        return str(self.salesforce.get("mode") or "incremental")
