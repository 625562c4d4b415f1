"""What the tap and the loader are given: the same settings and catalog as by meltano.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.database.landing import SCHEMA, streams
from taskwho.model.entities import DELETES, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

Document = dict[str, Any]
# lenient landing: the promotion classifies values, so no value fails a load
_LENIENT = {"type": ["string", "null"]}
_JOURNAL_KEYS = ["run_id", "stream", "batch"]
_CURSORS = {DELETES: "deletedDate"}
_ESSENTIAL = {"IsDeleted", "TaskId", "RelationId"}  # the tap reads them whatever is selected


def tap_settings(given: Mapping[str, Any], batches: Path) -> Document:
    """The settings of the tap: pages go to the loader as CSV files in the run's folder."""
    encoding = {"format": "csv", "compression": "none"}
    batch_config = {"encoding": encoding, "storage": {"root": str(batches)}}
    return {**given, "batch_config": batch_config}


def loader_settings(url: str) -> Document:
    """The settings of the loader: append every row to the landing tables."""
    return {
        "sqlalchemy_url": url,
        "default_target_schema": SCHEMA,
        "use_copy": True,
        "validate_records": False,
        "add_record_metadata": False,
        "activate_version": False,
        "sanitize_null_text_characters": True,
        "stream_maps": {"*": {"__key_properties__": []}},
    }


def catalog(selected: Collection[str]) -> Document:
    """A catalog of all streams, in which some are selected with all their fields."""
    return {
        "streams": [
            _entry(stream, fields, selected=stream in selected)
            for stream, fields in streams().items()
        ]
    }


def log_settings(level: str) -> Document:
    """The logging of a child: one JSON document a line, on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "singer_sdk.logging.StructuredFormatter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": level.upper(), "handlers": ["stderr"]},
    }


def _entry(stream: str, fields: list[str], *, selected: bool) -> Document:
    is_journal = stream == JOURNAL
    keys = _JOURNAL_KEYS if is_journal else ["Id"]
    cursor = None if is_journal else _CURSORS.get(stream, "SystemModstamp")
    method = "FULL_TABLE" if is_journal else "INCREMENTAL"
    metadata = [_metadata([], "available", selected=selected)]
    for name in fields:
        inclusion = "automatic" if name in {*keys, cursor, *_ESSENTIAL} else "available"
        metadata.append(_metadata(["properties", name], inclusion, selected=selected))
    return {
        "tap_stream_id": stream,
        "stream": stream,
        "key_properties": keys,
        "replication_method": method,
        **({"replication_key": cursor} if cursor else {}),
        "schema": {"type": "object", "properties": dict.fromkeys(fields, _LENIENT)},
        "metadata": metadata,
    }


def _metadata(breadcrumb: list[str], inclusion: str, *, selected: bool) -> Document:
    return {
        "breadcrumb": breadcrumb,
        "metadata": {"inclusion": inclusion, "selected": selected},
    }
