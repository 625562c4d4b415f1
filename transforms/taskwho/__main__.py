"""The command `taskwho`, also as `python -m taskwho`."""

from __future__ import annotations

import gc
import signal


def main() -> None:
    """Run the command. Ctrl-C while Python still imports ends it without a traceback."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from taskwho.cli import main as run  # noqa: PLC0415 - the import takes most of the time before the command

    signal.signal(signal.SIGINT, before)
    try:
        run()
    finally:
        # the interpreter's last collection would look through everything that is about to go
        gc.freeze()


if __name__ == "__main__":
    main()
