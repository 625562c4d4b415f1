"""Errors of the command: its options, its files, and what nobody foresaw."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

OPTION_WRONG = Problem(
    code="option-wrong",
    what="{error}",
    fix="`tap-salesforce-taskwho --help` shows the options.",
    exit_code=ExitCode.USER,
)
CONFIG_UNREADABLE = Problem(
    code="config-unreadable",
    what="The config cannot be read: {error}.",
    fix="Give --config the path of a JSON file that holds an object, or ENV.",
    exit_code=ExitCode.USER,
)
VARIABLE_UNREADABLE = Problem(
    code="variable-unreadable",
    what="An environment variable of the tap cannot be read: {error}.",
    fix="Correct it. `tap-salesforce-taskwho --about` lists all settings.",
    exit_code=ExitCode.USER,
)
CONFIG_INVALID = Problem(
    code="config-invalid",
    what="The config is not valid: {error}.",
    fix="Correct it. `tap-salesforce-taskwho --about` lists all settings.",
    exit_code=ExitCode.USER,
)
FILE_NOT_JSON = Problem(
    code="file-not-json",
    what="The {option} is not JSON: {error}.",
    fix="Give --{option} a JSON file.",
    exit_code=ExitCode.USER,
)
FILE_NOT_AN_OBJECT = Problem(
    code="file-not-an-object",
    what="The {option} is not a JSON object.",
    fix="Give --{option} a file that holds a JSON object.",
    exit_code=ExitCode.USER,
)
CATALOG_WRONG = Problem(
    code="catalog-wrong",
    what="The catalog cannot be used: {error}.",
    fix="Write it again with `tap-salesforce-taskwho --discover`, and change its metadata only.",
    exit_code=ExitCode.USER,
)
CATALOG_CHANGED = Problem(
    code="catalog-changed",
    what="The catalog gives {stream} the {what} {given}; the tap can follow {allowed} only.",
    why="What was read is known by it, so with another one rows would be lost.",
    fix="Leave the {what} of {stream} in the catalog as `tap-salesforce-taskwho --discover` writes "
    "it.",
    exit_code=ExitCode.USER,
)
NOTHING_SELECTED = Problem(
    code="nothing-selected",
    what="The catalog selects none of the tap's streams, which are {known}.",
    fix="Select a stream in the metadata of the catalog (meltano: select), or run without a "
    "catalog, which reads task_who_relations.",
    exit_code=ExitCode.USER,
)
DOTENV_UNREADABLE = Problem(
    code="dotenv-unreadable",
    what="{file} cannot be read: {error}.",
    fix="Make it a text file in UTF-8 that the user who runs the tap may read, or remove it.",
    exit_code=ExitCode.USER,
)
STREAM_MAPS_WRONG = Problem(
    code="stream-maps-wrong",
    what="The setting stream_maps cannot be used: {error}.",
    fix="Correct it (https://sdk.meltano.com, Stream Maps).",
    exit_code=ExitCode.USER,
)
STREAM_MAP_FAILED = Problem(
    code="stream-map-failed",
    what="stream_maps cannot change a record of {stream}: {error}.",
    fix="Correct the expressions in stream_maps (https://sdk.meltano.com, Stream Maps), then run "
    "again.",
    kept="What was read is kept in the state.",
    exit_code=ExitCode.USER,
)
STOPPED_EARLY = Problem(
    code="stopped-early",
    what="The tap stopped, as asked, before it read anything.",
    fix="Run it again.",
    exit_code=ExitCode.STOPPED,
)
UNFORESEEN = Problem(
    code="unforeseen",
    what="The tap failed in a way that nobody foresaw ({error}).",
    why="This is a fault of the tap.",
    fix="Run it again with TAP_SALESFORCE_TASKWHO_LOGLEVEL=DEBUG to see where, and report it.",
    kept="The state is kept.",
    exit_code=ExitCode.FAILED,
)
