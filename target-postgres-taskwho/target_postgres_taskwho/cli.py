"""The command `target-postgres-taskwho`."""

from __future__ import annotations

import gc

from target_postgres_taskwho.target import TargetPostgresTaskWho


def main() -> None:
    """Run the loader as a command."""
    try:
        TargetPostgresTaskWho.cli()
    finally:
        # the interpreter's last collection would look through everything that is about to go:
        # measured at 0.1 s, for which the next step waits
        gc.freeze()
