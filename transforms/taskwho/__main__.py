"""The command `taskwho`, also as `python -m taskwho`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command. Ctrl-C while Python still imports ends it without a traceback."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from taskwho.cli import main as run  # noqa: PLC0415 - after the signal is set

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
