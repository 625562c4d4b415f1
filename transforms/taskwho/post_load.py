"""After the load: promote what landed, keep what cannot go in, say what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.errors import TaskwhoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from taskwho.outcome import RunOutcome
    from taskwho.result import RunResult
    from taskwho.settings import PostLoadSettings


def post_load(
    url: str,
    settings: PostLoadSettings,
    *,
    outcome: RunOutcome | None = None,
    publish: Callable[[RunResult], Path] | None = None,
) -> RunResult:
    """Promote in one transaction, then publish: earlier reports left pending first.

    `publish` writes a result's report and returns its path. Raises TaskwhoError for what the user
    has to mend; nothing has changed then and what landed is kept.
    """
    del url, settings, outcome, publish
    raise TaskwhoError(1, "The promotion is not built yet.")
