"""A first load that workers share: the plan, the workers side by side, the promotion, the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bench.contenders.contender import RESULT, Check, Site
from tests.bench.system.processes import Ended, Process
from tests.support.checkout import BIN

if TYPE_CHECKING:
    from collections.abc import Mapping


class Shards:
    """A worker for each shard, each with one page in flight."""

    result = RESULT
    check = Check.EXACT

    def __init__(self, workers: int) -> None:
        self.in_flight = workers
        self.name = f"{workers} shard{'s' if workers > 1 else ''}"
        self.note = (
            f"`taskwho shards {workers}`, a worker for each shard, side by side (`taskwho sync "
            f"--shard I/{workers} --load-only` with one page in flight), `taskwho post-load`, "
            "`taskwho shards --done`; one run"
        )

    def run(self, site: Site) -> list[Ended]:
        """Plan, read side by side, promote, and set the bookmark."""
        # the workers share what is in flight
        settings = {**site.org.settings(), "concurrency": self.in_flight}
        variables = {f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()}
        variables["DATABASE_URL"] = site.url
        names = [f"{number}/{self.in_flight}" for number in range(1, self.in_flight + 1)]
        planned = _taskwho(site, variables, "plan", "shards", str(self.in_flight)).wait()
        workers = [
            _taskwho(site, variables, f"worker-{at}", "sync", "--shard", name, "--load-only")
            for at, name in enumerate(names, 1)
        ]
        landed = [replace(worker.wait(), name="worker") for worker in workers]
        promoted = _taskwho(site, variables, "post-load", "post-load").wait()
        done = _taskwho(site, variables, "done", "shards", "--done").wait()
        return [planned, *landed, promoted, done]


def _taskwho(site: Site, variables: Mapping[str, str], name: str, *words: str) -> Process:
    return Process(name, [BIN / "taskwho", *words], site.folder, variables)
