"""One child of a run, as `python -m taskwho.pipeline.plugins.child`: the tap or the loader.

It imports its plugin first, which takes longer than anything else of its start. Its parent sends
what it is to do through a pipe, as one line of JSON. After that the child watches the pipe: where
the parent dies, also by a kill, it removes the files with its settings and ends at once. So a run
leaves no process behind, on Linux and on macOS.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import ModuleType

MODULES: Final = {
    "tap": "tap_salesforce_taskwho.cli",
    "loader": "target_postgres_taskwho.cli",
}
_STOPPED = 130
# The pipe tells at once. A process that was forked from the parent may hold its end open, though.
_LOOK_SECONDS = 1.0
_CHUNK = 1 << 16


def main() -> None:
    """Become the plugin: arguments are its name and the pipe."""
    name, pipe = sys.argv[1], int(sys.argv[2])
    parent = os.getppid()
    # until the plugin has handlers of its own, there is nothing to save
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(_STOPPED))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    plugin = _imported(MODULES[name])
    order = _order(pipe, parent)
    watch = threading.Thread(target=_watch, args=(pipe, parent, Path(order["folder"])), daemon=True)
    watch.start()
    os.environ.update(order["environment"])
    sys.argv = [name, *order["arguments"]]
    plugin.main()


def _imported(name: str) -> ModuleType:
    # An import makes no garbage. To look for it would take a fifth of the import's time.
    gc.disable()
    module = importlib.import_module(name)
    gc.enable()
    return module


def _order(pipe: int, parent: int) -> dict[str, Any]:
    """What the parent sends. A run that ends before it has sent anything needs no child."""
    _wait(pipe, parent)
    line = b""
    while not line.endswith(b"\n"):
        if not (chunk := os.read(pipe, _CHUNK)):
            os._exit(_STOPPED)
        line += chunk
    order: dict[str, Any] = json.loads(line)
    return order


def _watch(pipe: int, parent: int, folder: Path) -> None:
    # nothing more is ever written into the pipe: it can be read when it ends
    _wait(pipe, parent)
    for file in folder.glob("*.json"):
        with contextlib.suppress(OSError):
            file.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


def _wait(pipe: int, parent: int) -> None:
    """Wait until the pipe can be read, or the parent is gone."""
    while not select.select([pipe], [], [], _LOOK_SECONDS)[0]:
        if os.getppid() != parent:
            return


if __name__ == "__main__":
    main()
