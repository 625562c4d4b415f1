"""What a person sees: the commands on a terminal of 80 columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

from taskwho.commands.terminal.wrapping import columns

from tests.sandbox import Sandbox
from tests.support.meltano_project import SECONDS_TO_END, Project
from tests.support.sync_command import filled_project

if TYPE_CHECKING:
    from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LAST_OF_THE_BAR = "\x1b[2K"


def on_terminal(project: Project, *words: str, **variables: str) -> str:
    """All that a command writes to a terminal of 24 lines and 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [str(project.folder / ".venv" / "bin" / "taskwho"), *words],
        cwd=project.folder,
        env={**project.variables, "TERM": "xterm", **variables},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 100_000):
            shown += piece
    except OSError:  # how Linux says that nobody holds the other end any more
        pass
    os.close(ours)
    assert process.wait(SECONDS_TO_END) in (0, 2)
    return shown.decode()


def left_on_screen(shown: str) -> list[str]:
    """The lines that stay when the bar has gone, without their colours."""
    return COLOUR.sub("", shown.rpartition(LAST_OF_THE_BAR)[2]).splitlines()


def test_a_run_leaves_five_lines_and_the_commands_have_one_look(
    tmp_path: Path, database_url: str
) -> None:
    with Sandbox(rows=600) as org:
        project = filled_project(tmp_path, org, database_url)
        shown = on_terminal(project, "sync")
        assert LAST_OF_THE_BAR in shown
        lines = left_on_screen(shown)
        assert 4 <= len(lines) <= 5, lines
        assert lines[0].startswith("Done: health 9")
        assert "\x1b[32m\x1b[1mDone:\x1b[0m" in shown
        failed = on_terminal(project, "sync", TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="wr0ng")
        lines += left_on_screen(failed)
        assert len(left_on_screen(failed)) == 5
        assert "\x1b[31m\x1b[1mFailed:\x1b[0m" in failed
        for words in (["runs"], ["doctor"], ["why", _waiting(project)], ["verify"], ["--help"]):
            lines += left_on_screen(on_terminal(project, *words))
        plain = on_terminal(project, "runs", NO_COLOR="1") + on_terminal(
            project, "sync", TERM="dumb"
        )
    assert [line for line in lines if columns(line) > 80] == []
    assert "\x1b" not in plain


def _waiting(project: Project) -> str:
    report = (project.folder / "reports" / "latest.md").read_text("utf-8")
    [first, *_] = re.finditer(r"\b0RT\w{15}\b", report)
    return first[0]
