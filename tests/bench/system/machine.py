"""Describes the machine that the figures were measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil

GIGABYTE = 1024**3


def machine(postgres: str) -> str:
    """One line, without the machine's name."""
    return (
        f"{os.cpu_count()} cores ({_processor()}), {psutil.virtual_memory().total / GIGABYTE:.0f} "
        f"GB of memory, {platform.system()}, Python {platform.python_version()}, PostgreSQL "
        f"{postgres} (embedded, its default settings and track_commit_timestamp)"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
