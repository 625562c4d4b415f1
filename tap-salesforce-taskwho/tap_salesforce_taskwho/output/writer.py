"""Writes Singer messages: the records of a page at once, each STATE at once."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from singer_sdk.contrib.msgspec import MsgSpecWriter, encoder
from singer_sdk.singerlib import RecordMessage

from tap_salesforce_taskwho.errors import TapError
from tap_salesforce_taskwho.errors.output import LOADER_STOPPED, OUTPUT_NOT_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from singer_sdk.singerlib import Message

    from tap_salesforce_taskwho.salesforce.records import Record


class PageWriter(MsgSpecWriter):
    """The SDK's msgspec writer. It flushes after every message but a RECORD.

    Raises TapError where nobody reads any more: click would end the process without a word.
    """

    def write_message(self, message: Message) -> None:
        """Write one message; a record may wait for what follows it."""
        with loader_reads():
            sys.stdout.buffer.write(self.format_message(message))
            if message.__class__ is not RecordMessage:
                sys.stdout.flush()

    def write_records(self, stream: str, records: Sequence[Record]) -> None:
        """Write the RECORD messages of a page, as the SDK would one by one."""
        at = datetime.now(UTC)
        messages = [
            {"type": "RECORD", "stream": stream, "record": record, "time_extracted": at}
            for record in records
        ]
        with loader_reads():
            sys.stdout.buffer.write(encoder.encode_lines(messages))


@contextmanager
def loader_reads() -> Iterator[None]:
    """Raise TapError where the output takes nothing."""
    try:
        yield
    except (OSError, AttributeError) as error:  # AttributeError: there is no output at all
        raise output_error(error) from None


def output_error(error: Exception) -> TapError:
    """Give the error of an output that takes nothing."""
    if isinstance(error, BrokenPipeError):
        return TapError(LOADER_STOPPED)
    return TapError(OUTPUT_NOT_WRITTEN, error=getattr(error, "strerror", None) or "it is closed")
