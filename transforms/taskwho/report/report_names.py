"""A report's name: no two runs have one, also runs of two databases that share a folder."""

from __future__ import annotations

import contextlib
from itertools import count
from typing import TYPE_CHECKING

from taskwho.model.private_files import make_private

if TYPE_CHECKING:
    from pathlib import Path


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
