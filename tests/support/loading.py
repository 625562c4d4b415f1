"""Runs a loader: messages on its standard input, STATE lines on its output."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from tests.support import forked
from tests.support.checkout import BIN

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterable, Sequence

OURS = "target-postgres-taskwho"
STOCK = "target-postgres"
TEXT: dict[str, Any] = {"type": ["string", "null"]}
LANDING: dict[str, Any] = {
    "use_copy": True,
    "validate_records": False,
    "add_record_metadata": False,
    "activate_version": False,
    "sanitize_null_text_characters": True,
    "default_target_schema": "taskwho",
    "stream_maps": {"*": {"__key_properties__": []}},
}
SECONDS_TO_END = 60


def schema(
    columns: Mapping[str, Any] | Iterable[str], keys: Sequence[str] = ("Id",), stream: str = "rows"
) -> dict[str, Any]:
    """Make a SCHEMA message; a column without a type is text."""
    named = dict(columns) if isinstance(columns, Mapping) else dict.fromkeys(columns, TEXT)
    properties = {"type": "object", "properties": named}
    return {"type": "SCHEMA", "stream": stream, "schema": properties, "key_properties": keys}


def record(stream: str = "rows", /, **values: object) -> dict[str, Any]:
    """Make a RECORD message."""
    return {"type": "RECORD", "stream": stream, "record": values}


def state(value: object) -> dict[str, Any]:
    """Make a STATE message."""
    return {"type": "STATE", "value": {"at": value}}


def batch(*files: Path, stream: str = "rows", compression: str = "none") -> dict[str, Any]:
    """Make a BATCH message, of CSV where the first file's name says so."""
    name = "csv" if ".csv" in files[0].suffixes else "jsonl"
    return {
        "type": "BATCH",
        "stream": stream,
        "encoding": {"format": name, "compression": compression},
        "manifest": [file.as_uri() for file in files],
    }


def batch_file(path: Path, records: list[dict[str, Any]], compression: str = "none") -> Path:
    """Write a batch file of a run whose tap has ended: an object a line, or CSV by its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / ".lock").touch()
    lines = [json.dumps(record) for record in records]
    if path.suffix == ".csv":
        rows = [[*records[0]], *(list(record.values()) for record in records)]
        lines = [",".join(json.dumps(value, ensure_ascii=False) for value in row) for row in rows]
    text = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if compression == "gzip" else text)
    return path


def lines(messages: Iterable[Mapping[str, Any] | str]) -> str:
    """Write each message in a line; a string is written as it is."""
    return "".join((m if isinstance(m, str) else json.dumps(m)) + "\n" for m in messages)


@dataclass(frozen=True)
class Load:
    """How a load ended."""

    code: int
    states: list[Any]
    log: str

    @property
    def last_line(self) -> str:
        """The last line of the log."""
        return self.log.rstrip().rpartition("\n")[2]


class Loader:
    """A loader's command with a config file; each load is a process of its own."""

    def __init__(self, folder: Path, url: str, command: str = OURS, **settings: object) -> None:
        self.command = command
        self.config = folder / f"{command}.json"
        if command == STOCK:
            url = url.replace("postgresql://", "postgresql+psycopg://")
        self.config.write_text(json.dumps({"sqlalchemy_url": url, **LANDING, **settings}))

    def start(self) -> subprocess.Popen[str]:
        """Start a process that waits for messages."""
        return subprocess.Popen(
            [BIN / self.command, "--config", self.config],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
        )

    def load(self, *messages: Mapping[str, Any] | str) -> Load:
        """Load messages to their end."""
        if self.command == OURS:
            return self._load_forked(lines(messages))
        done = subprocess.run(
            [BIN / self.command, "--config", self.config],
            input=lines(messages),
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_END,
            check=False,
        )
        return Load(done.returncode, states_of(done.stdout), done.stderr)

    def load_meanwhile(
        self,
        first: Iterable[Mapping[str, Any]],
        change: Callable[[], object],
        *messages: Mapping[str, Any] | str,
    ) -> Load:
        """Load messages with one STATE; when it is passed on, change something, and load others."""
        given, source = multiprocessing.Pipe(duplex=False)
        output, passed_on = multiprocessing.Pipe(duplex=False)
        arguments = ["--config", str(self.config), "--input", "/dev/stdin"]
        command = forked.Command(self.command, arguments, self.config.parent, dict(os.environ))
        process = forked.start(command, given, passed_on)
        with os.fdopen(os.dup(output.fileno())) as states:
            with os.fdopen(os.dup(source.fileno()), "w") as tap:
                source.close()
                tap.write(lines(first))
                tap.flush()
                wait_for_states(states, 1)
                change()
                tap.write(lines(messages))
            rest = states_of(states.read())
        process.join(SECONDS_TO_END)
        assert process.exitcode is not None, "the loader did not end"
        return Load(process.exitcode, rest, command.log.read_text())

    def _load_forked(self, messages: str) -> Load:
        """Load in a forked process: a process that imports the loader takes a second to start."""
        folder = Path(tempfile.mkdtemp(dir=self.config.parent))
        given, output = folder / "messages", folder / "output"
        given.write_text(messages)
        # multiprocessing has closed the sys.stdin that the command would read
        arguments = ["--config", str(self.config), "--input", "/dev/stdin"]
        command = forked.Command(self.command, arguments, folder, dict(os.environ))
        process = forked.start(command, given, output)
        process.join(SECONDS_TO_END)
        process.kill()
        assert process.exitcode is not None, "the loader did not end"
        return Load(process.exitcode, states_of(output.read_text()), command.log.read_text())


def check_sentence(load: Load, code: int, *parts: str) -> None:
    """Raise AssertionError where it is no sentence for a person, or lacks one of the parts."""
    assert load.code == code, load.log
    assert load.last_line.endswith(".")
    for word in ("Traceback", " bug", "Errno", "NoneType"):
        assert word not in load.log
    for part in parts:
        assert part in load.last_line


def states_of(output: str) -> list[Any]:
    """The value of every whole STATE line."""
    return [json.loads(line)["at"] for line in output.split("\n")[:-1]]


def wait_for_states(output: IO[str], count: int) -> list[Any]:
    """Read so many STATE lines."""
    return [json.loads(output.readline())["at"] for _ in range(count)]


def kill(process: subprocess.Popen[str], how: signal.Signals) -> tuple[int, list[Any]]:
    """Send a signal; return the exit code and the STATEs that were not read yet."""
    process.send_signal(how)
    assert process.stdout is not None
    with process.stdout as output:
        rest = output.read()
    return process.wait(SECONDS_TO_END), states_of(rest)


def rows(url: str, table: str = "rows", columns: str = "*", schema: str = "taskwho") -> list[Any]:
    """The rows of a table, in the order of their text."""
    with psycopg.connect(url) as connection:
        query = sql.SQL("select {} from {} t order by t::text").format(
            sql.SQL(columns), sql.Identifier(schema, table)
        )
        return connection.execute(query).fetchall()


def column_types(url: str, table: str = "rows") -> list[Any]:
    """The columns of a table with their types, in their order."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select column_name, data_type, is_nullable from information_schema.columns"
            " where table_name = %s order by ordinal_position",
            (table,),
        ).fetchall()
