"""Where this checkout and its commands are, and an environment without its settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
# the settings of the product, of Meltano and of PostgreSQL
PREFIXES = ("TAP_SALESFORCE_TASKWHO", "TARGET_POSTGRES", "TASKWHO_", "MELTANO_", "PG")


def is_setting(variable: str) -> bool:
    """Whether a variable could change what the product does."""
    return variable.startswith(PREFIXES) or variable == "DATABASE_URL"


def clean_environment() -> dict[str, str]:
    """The environment without such variables, and with no proxy for loopback."""
    kept = {name: value for name, value in os.environ.items() if not is_setting(name)}
    return {**kept, "NO_PROXY": "127.0.0.1"}
