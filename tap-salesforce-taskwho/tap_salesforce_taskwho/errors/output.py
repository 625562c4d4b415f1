"""Errors of what the tap writes: messages and batch files."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

LOADER_STOPPED = Problem(
    code="loader-stopped",
    what="The loader stopped reading before the tap was done, so the run failed.",
    fix="Look for the loader's own error. The next run goes on from the last state that the loader "
    "kept.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
OUTPUT_NOT_WRITTEN = Problem(
    code="output-not-written",
    what="The messages cannot be written to the standard output: {error}.",
    why="It may be closed, or a full disk.",
    fix="Let a loader read the messages, or make room, then run again.",
    kept="The next run goes on from the last state that was written.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
BATCH_CONFIG_WRONG = Problem(
    code="batch-config-wrong",
    what="The setting batch_config cannot be used: {error}.",
    fix="Give it an encoding (format, compression) and a storage (root), or no batch_config.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
BATCH_FORMAT_UNKNOWN = Problem(
    code="batch-format-unknown",
    what="batch_config asks for {format} files with compression {compression}, which this tap does "
    "not write.",
    fix="Set its encoding to jsonl, or to csv for target-postgres-taskwho, with compression gzip "
    "or none.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
BATCH_STORAGE_REMOTE = Problem(
    code="batch-storage-remote",
    what="batch_config keeps files at {scheme}://, and this tap writes to a local disk only.",
    fix="Set its storage.root to file:// and a folder that the loader can read.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
BATCH_FILE_NOT_WRITTEN = Problem(
    code="batch-file-not-written",
    what="The batch file {file} cannot be written: {error}.",
    why="The disk may be full, or something else changed the folder.",
    fix="Make room, leave the folder to the tap while it runs, or set storage.root of batch_config "
    "(TASKWHO_HOME of `taskwho sync`) to another folder, then run again.",
    kept="The state is kept.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
BATCH_FOLDER_UNWRITABLE = Problem(
    code="batch-folder-unwritable",
    what="Batch files cannot be written to {folder}: {error}.",
    fix="Set storage.root of batch_config to a folder that the tap may write to.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
