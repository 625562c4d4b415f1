"""One child of a run, as `python -m taskwho.pipeline.plugins.child`: the tap or the loader.

It watches a pipe whose other end its parent holds: where the parent dies, also by a kill, the child
removes the files with its settings and ends at once. So a run leaves no process behind, on Linux
and on macOS.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import Final

MODULES: Final = {
    "tap": "tap_salesforce_taskwho.cli",
    "loader": "target_postgres_taskwho.cli",
}
_STOPPED = 130
# The pipe tells at once. A process that was forked from the parent may hold its end open, though.
_LOOK_SECONDS = 1.0


def main() -> None:
    """Become the plugin: arguments are its name, the pipe, the run's folder, and its own."""
    name, pipe, folder, *arguments = sys.argv[1:]
    # until the plugin has handlers of its own, there is nothing to save
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(_STOPPED))
    watch = threading.Thread(
        target=_watch, args=(int(pipe), os.getppid(), Path(folder)), daemon=True
    )
    watch.start()
    sys.argv = [name, *arguments]
    importlib.import_module(MODULES[name]).main()


def _watch(pipe: int, parent: int, folder: Path) -> None:
    # nothing is ever written into the pipe: it can be read when it ends
    while not select.select([pipe], [], [], _LOOK_SECONDS)[0] and os.getppid() == parent:
        pass
    for file in folder.glob("*.json"):
        with contextlib.suppress(OSError):
            file.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
