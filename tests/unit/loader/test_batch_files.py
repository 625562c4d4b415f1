"""Reading batch files: U+0000, lines over several blocks, paths and URLs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from target_postgres_taskwho import batch_files
from target_postgres_taskwho.batch_files import JsonlFile, local_paths

TEXTS = ["\0", "a\0\0b", "\\u0000", "\\\0", "\\\\\0", '"\0"', "\\\\u0000", "\ufffd"]


def read(text: str, *, replaces_null: bool) -> list[object]:
    file = JsonlFile(Path("a.jsonl"), io.BytesIO(text.encode()), replaces_null=replaces_null)
    return [record for records in file.records() for record in records]


@pytest.mark.parametrize("text", TEXTS)
def test_u_0000_becomes_u_fffd_and_nothing_else_does(text: str) -> None:
    line = json.dumps({"a": text}) + "\n"
    assert read(line, replaces_null=True) == [{"a": text.replace("\0", "\ufffd")}]
    assert read(line, replaces_null=False) == [{"a": text}]


def test_a_line_may_be_longer_than_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files, "BLOCK_BYTES", 7)
    records = [{"a": "x" * length} for length in range(20)]
    text = "\n".join(map(json.dumps, records))
    assert read(text, replaces_null=False) == records
    assert read(text + "\n", replaces_null=False) == records


def test_a_manifest_names_local_files_by_path_or_by_url() -> None:
    urls = ["/tmp/a.csv", "file:///tmp/with%20space.csv", "s3://bucket/b.csv"]  # noqa: S108 -- no file is made
    assert local_paths(urls) == [Path("/tmp/a.csv"), Path("/tmp/with space.csv")]  # noqa: S108 -- as above
