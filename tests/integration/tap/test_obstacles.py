"""What changes, goes or fills up while the tap runs gets a sentence, or has no effect at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import Sandbox
from tests.support.tap_run import RELATIONS, TapRun, run_tap, selecting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TAP = Path(sys.executable).with_name("tap-salesforce-taskwho")
IS_ROOT = os.geteuid() == 0
BLOCKS_OF_A_DISK = 100  # of 512 or 1,024 bytes; a batch file of a page has more


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=3_000) as sandbox:
        yield sandbox


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody can write."""
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o500)
    if not IS_ROOT:
        yield folder
        return
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this root may not mount a disk")
    yield folder
    subprocess.run(["umount", folder], check=True)  # noqa: S607 - of the system


def changing(org: Sandbox, change: Callable[[], object]) -> None:
    """Change something when the tap asks for its first page of relations."""
    changes = [change]

    def when(request: Any) -> bool:  # noqa: ANN401 - the sandbox's
        if "FROM TaskWhoRelation" in request.soql and "ORDER BY" in request.soql and changes:
            changes.pop()()
        return False

    org.faults.add("503", where=lambda _: True, when=when)


def batches(root: Path) -> dict[str, Any]:
    encoding = {"format": "jsonl", "compression": "none"}
    return {"encoding": encoding, "storage": {"root": root.as_uri()}}


def check_sentence(result: TapRun, code: int, *parts: str) -> None:
    assert result.code == code, result.log
    for word in ("Traceback", "nobody foresaw", " bug", "Errno"):
        assert word not in result.log
    for part in parts:
        assert part in result.last_line


FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "moved away": (lambda at: at.rename(at.parent.parent / "moved"), "No such file or directory"),
    "made a file": (
        lambda at: (at.rename(at.parent.parent / "moved") / ".lock").rename(at),
        "Not a directory",
    ),
    "with a folder for a file": (lambda at: (at / "000001.jsonl").mkdir(), "Is a directory"),
}


@pytest.mark.parametrize(("change", "said"), FOLDERS.values(), ids=FOLDERS)
def test_a_folder_of_batch_files_that_changes(
    org: Sandbox, tmp_path: Path, change: Callable[[Path], object], said: str
) -> None:
    root = tmp_path / "batches"
    changing(org, lambda: change(next(root.iterdir())))
    result = run_tap(org, tmp_path, catalog=selecting(RELATIONS), batch_config=batches(root))
    check_sentence(
        result, 1, "The batch file ", f"cannot be written: {said}. The disk may", "run again"
    )
    assert all(message["type"] != "BATCH" for message in result.messages)


def test_a_folder_of_batch_files_that_is_read_only(
    org: Sandbox, tmp_path: Path, read_only: Path
) -> None:
    result = run_tap(org, tmp_path, batch_config=batches(read_only))
    check_sentence(result, 2, f"Batch files cannot be written to {read_only}/", "Set storage.root")


def test_a_disk_that_gets_full(org: Sandbox, tmp_path: Path) -> None:
    settings = org.settings() | {"batch_config": batches(tmp_path / "batches")}
    (tmp_path / "config.json").write_text(json.dumps(settings))
    # coverage, where it looks on, would write a larger file than the disk takes
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            f'ulimit -f {BLOCKS_OF_A_DISK}; "$0" "$@"',
            TAP,
            "--config",
            "config.json",
        ],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    result = TapRun(done.returncode, messages, done.stderr)
    check_sentence(result, 1, "The batch file ", "cannot be written: File too large. The disk")
    assert all(message["type"] != "BATCH" for message in messages)


CHANGES: dict[str, Callable[[Path], object]] = {
    "removed": lambda file: file.unlink(),
    "of another content": lambda file: file.write_bytes(b"\xff"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_files_that_the_tap_has_read_may_change(
    org: Sandbox, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    files = [tmp_path / f"{name}.json" for name in ("config", "catalog", "state")]
    changed: list[object] = []
    changing(org, lambda: changed.extend(map(change, files)))
    result = run_tap(org, tmp_path, catalog=selecting(RELATIONS), state={"bookmarks": {}})
    assert result.code == 0, result.log
    assert len(changed) == len(files)
    assert result.ids() == org.relation_ids()


def test_a_reader_that_ends_meanwhile(org: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(org.settings()))
    (tmp_path / "catalog.json").write_text(json.dumps(selecting(RELATIONS)))
    command = '{ "$0" --config config.json --catalog catalog.json; echo $? >code; } | head -n 1'
    done = subprocess.run(
        ["/bin/sh", "-c", command, TAP],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    result = TapRun(int((tmp_path / "code").read_text()), [], done.stderr)
    check_sentence(result, 1, "The loader stopped reading before the tap was done", "Look for")


def test_a_log_that_takes_nothing_ends_no_run(org: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(org.settings()))
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" "$@" 2>/dev/full', TAP, "--config", "config.json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[-1])["type"] == "STATE"
