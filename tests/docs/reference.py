"""The page of reference: settings, streams, commands, exit codes, the JSON of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import ExitCode as TapExitCode
from tap_salesforce_taskwho.streams.objects import OBJECTS
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho
from taskwho.model.exit_codes import ExitCode

from tests.docs import api, commands, results, settings
from tests.docs.markdown import code, table
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from singer_sdk import Stream

PAGE = ROOT / "docs" / "reference.md"
HEAD = """\
<!-- Written by `make docs` from the code. Do not edit it. -->

# Reference

Everything that can be set, called and read. What an error means stands in
[errors.md](errors.md), every table and column in [tables.md](tables.md).

- [Settings of the tap](#settings-of-the-tap), [of taskwho](#settings-of-taskwho),
  [of the loader](#settings-of-the-loader), [other variables](#other-variables)
- [Streams](#streams)
- [Commands](#commands)
- [Exit codes](#exit-codes)
- [JSON of a result](#json-of-a-result)
- [Python](#python)

Where a setting is given in several places, a flag goes first, then the environment, then `.env`,
then the file of `--config`. An empty variable counts as none.
"""
STREAMS = """
## Streams

Fields have the names that Salesforce gives them. The tap reads only the streams that are selected.
What the fields of the journal mean stands at [taskwho.batches](tables.md#taskwhobatches), where
they are kept.

"""
EXIT_CODES = """
## Exit codes

Where several apply, `taskwho` ends with the one that stands lowest in this table. `meltano run`
ends with 1 for every code but 0. The tap and the loader use the same numbers. The end of a
command's output says what happened and what to do; [errors.md](errors.md) lists all messages.

"""
TO_DO = {
    ExitCode.DONE: "Nothing.",
    ExitCode.LOW_HEALTH: "Read the next steps of the report. The first one brings in most rows.",
    ExitCode.QUOTA: "Nothing, if the run is on a schedule: the next one goes on where this one "
    "ended. Otherwise run again when API calls are free.",
    ExitCode.STOPPED: "Run again. The run goes on where it stopped.",
    ExitCode.BUSY: "Nothing, if the run is on a schedule. Otherwise wait for the other run to end.",
    ExitCode.FAILED: "Read the error and the report, then run again. Nothing is lost. If it "
    "happens again, do what they say.",
    ExitCode.MISCONFIGURED: "Do what the error says. Another run ends the same way until "
    "then. `taskwho doctor` checks the result.",
}
WITHOUT_OBJECT = {
    "task_relation_deletes": "the list of deletes of TaskRelation",
    "sync_batches": "none: the journal of the tap, a record for every page",
}


def write() -> str:
    """The page."""
    sections = (settings.tap(), settings.taskwho(), settings.others(), settings.loader())
    ends = (streams(), commands.section(), exit_codes(), results.section(), api.section())
    return "".join([HEAD, *sections, *ends])


def streams() -> str:
    """All streams, then the fields of each."""
    known = TapSalesforceTaskWho(validate_config=False).streams
    order = [*(found.stream for found in OBJECTS), *WITHOUT_OBJECT]
    found = sorted(known.values(), key=lambda stream: order.index(stream.name))
    headings = ("stream", "Salesforce object", "key", "replication", "selected by default")
    lists = "".join(f"\n### {stream.name}\n\n{fields(stream)}" for stream in found)
    return STREAMS + table(headings, map(_stream, found)) + lists


def fields(stream: Stream) -> str:
    """The fields of a stream, with their JSON types."""
    return table(("field", "type"), _fields(stream))


def _fields(stream: Stream) -> Iterator[tuple[str, str]]:
    for name, schema in stream.schema["properties"].items():
        kind = schema.get("type", "any")
        kinds = [kind] if isinstance(kind, str) else [each for each in kind if each != "null"]
        yield code(name), schema.get("format") or " or ".join(kinds)


def _stream(stream: Stream) -> tuple[str, str, str, str, str]:
    objects = WITHOUT_OBJECT | {found.stream: found.sobject for found in OBJECTS}
    keys = ", ".join(map(code, stream.primary_keys or ()))
    selected = "yes" if stream.selected_by_default else "no"
    cursor = (
        f"incremental by {code(stream.replication_key)}" if stream.replication_key else "append"
    )
    return code(stream.name), objects[stream.name], keys, cursor, selected


def exit_codes() -> str:
    """The exit codes of taskwho, the lightest first, and what to do for each."""
    rows = [(int(found), _sentence(found.meaning), TO_DO[found]) for found in ExitCode]
    tap = [(int(found), _sentence(found.meaning)) for found in TapExitCode]
    ours = table(("exit code", "meaning", "what to do"), rows)
    return EXIT_CODES + ours + "\nThe tap alone:\n\n" + table(("exit code", "meaning"), tap)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
