"""Salesforce TaskWhoRelation in PostgreSQL: runs, promotions and their reports.

    import taskwho
    result = taskwho.sync(database_url=..., salesforce={"auth_flow": ..., ...}, parents=True)

What is exported here is imported when it is first used, so that `import taskwho` is light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taskwho.api import post_load, runs, shards, sync, verify
    from taskwho.model.errors import (
        Busy,
        DatabaseUnavailable,
        LoginFailed,
        Misconfigured,
        QuotaReached,
        RunFailed,
        TaskwhoError,
    )
    from taskwho.model.progress import Progress
    from taskwho.model.results.result import RunResult
    from taskwho.model.results.shards import Shard, ShardPlan
    from taskwho.model.results.verification import Verification

_MODULES = {
    "taskwho.api": ("post_load", "runs", "shards", "sync", "verify"),
    "taskwho.model.errors": (
        "Busy",
        "DatabaseUnavailable",
        "LoginFailed",
        "Misconfigured",
        "QuotaReached",
        "RunFailed",
        "TaskwhoError",
    ),
    "taskwho.model.progress": ("Progress",),
    "taskwho.model.results.result": ("RunResult",),
    "taskwho.model.results.shards": ("Shard", "ShardPlan"),
    "taskwho.model.results.verification": ("Verification",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Busy",
    "DatabaseUnavailable",
    "LoginFailed",
    "Misconfigured",
    "Progress",
    "QuotaReached",
    "RunFailed",
    "RunResult",
    "Shard",
    "ShardPlan",
    "TaskwhoError",
    "Verification",
    "post_load",
    "runs",
    "shards",
    "sync",
    "verify",
]


def __getattr__(name: str) -> object:
    """Import an export when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return found
