"""A report's name: no two runs have one, also runs of two databases that share a folder."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from taskwho.model.private_files import make_private
from taskwho.model.results.result import REPORT_PREFIX

if TYPE_CHECKING:
    from pathlib import Path

# of every file of a report
_FILE = re.compile(
    REPORT_PREFIX + r"(\d{8}_\d{6})(_\d+)?(_(failed|successful))?\.(md|html|json|csv|jsonl\.gz)"
)


def claim(reports_dir: Path, name: str) -> str:
    """Claim the name for one run, or the next free one: two runs can begin in one second.

    Raises OSError where the folder cannot be written to.
    """
    make_private(reports_dir)
    candidates = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(one for one in candidates if _claimed(reports_dir, one))


def release(reports_dir: Path, name: str) -> None:
    """End the claim: the report is written, or its run has changed nothing."""
    with contextlib.suppress(OSError):  # a claim that stays is removed a day later
        _claim_file(reports_dir, name).unlink()


def remove_old(reports_dir: Path, days: int) -> None:
    """Remove the files of reports that are so old by name, and that nobody wrote again since.

    Others are left alone: `latest.*`, the page of all runs, and what is not ours by its name.
    """
    oldest = datetime.now(UTC) - timedelta(days=days)
    for path in reports_dir.glob(f"{REPORT_PREFIX}*"):
        found = _FILE.fullmatch(path.name)
        # a name sorts as its time does
        if found and found[1] < f"{oldest:%Y%m%d_%H%M%S}" and _written_before(path, oldest):
            path.unlink(missing_ok=True)


def _written_before(path: Path, at: datetime) -> bool:
    return path.is_file() and path.stat().st_mtime < at.timestamp()


def _claimed(reports_dir: Path, name: str) -> bool:
    try:
        _claim_file(reports_dir, name).touch(0o600, exist_ok=False)
    except FileExistsError:
        return False
    # only now: a run writes its report before it releases the name
    if (reports_dir / f"{name}.json").exists():
        release(reports_dir, name)
        return False
    return True


def _claim_file(reports_dir: Path, name: str) -> Path:
    return reports_dir / f".{name}.claim"
