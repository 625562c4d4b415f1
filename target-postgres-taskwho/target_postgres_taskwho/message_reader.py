"""Reads Singer messages, and stops between two of them."""

from __future__ import annotations

from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

import msgspec
from singer_sdk.io_base import SingerReader
from singer_sdk.singerlib.exceptions import InvalidInputLine
from singer_sdk.singerlib.json import deserialize_json

from target_postgres_taskwho.errors import INPUT_CUT, INPUT_UNREADABLE, LoadError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

# what the messages hold that the SDK reads without a look
SHAPES: dict[str, dict[str, type]] = {
    "SCHEMA": {"stream": str, "schema": dict},
    "RECORD": {"stream": str, "record": dict},
    "STATE": {"value": dict},
    "ACTIVATE_VERSION": {"stream": str, "version": int},
    "BATCH": {"stream": str, "encoding": dict, "manifest": list},
}
JSON_NAMES = {str: "text", dict: "object", int: "whole number", list: "list"}


class StopReading(BaseException):
    """A signal came while the reader waited for input; the signal's handler raises it."""


class MessageReader(SingerReader):
    """Decodes by msgspec, four times as fast as the stock reader."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False
        self._waiting = False
        self._line = ""
        self._decode = msgspec.json.Decoder(float_hook=Decimal).decode

    def stop(self) -> None:
        """End the input here: what was read is processed, nothing more is read."""
        again, self.stopped = self.stopped, True
        if self._waiting and not again:
            raise StopReading

    def process_lines(
        self, file_input: IO[str] | None, callbacks: dict[str, Callable[[dict[str, Any]], None]]
    ) -> Counter[str]:
        """Process lines until the input ends or somebody asks to stop."""
        source = file_input or self.default_input
        if source is None:
            raise LoadError(INPUT_UNREADABLE, reason="it is closed")
        lines: Any = self._lines(source)
        try:
            return super().process_lines(lines, callbacks)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # looked at only now: no message costs more for it
            if fault := _fault_of(self.deserialize_json(self._line)):
                raise InvalidInputLine(fault) from error
            raise

    def deserialize_json(self, line: str) -> dict[str, Any]:
        """Decode a line; NaN, lone surrogates and nonsense get the stock reader's answer."""
        try:
            message: dict[str, Any] = self._decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return _as_stock(line)
        return message

    def _lines(self, source: IO[str]) -> Iterator[str]:
        # A signal may end the wait for a line, never the work on one.
        try:
            while True:
                self._waiting = True
                if self.stopped:
                    return
                line = self._line = _line_of(source)
                self._waiting = False
                if not line:
                    return
                yield line
        except StopReading:
            return
        finally:
            self._waiting = False


def _as_stock(line: str) -> dict[str, Any]:
    try:
        return deserialize_json(line)
    except (ValueError, RecursionError) as error:
        if not line.endswith("\n"):
            raise LoadError(INPUT_CUT) from None
        raise InvalidInputLine(f"{error}: {line}") from error


def _line_of(source: IO[str]) -> str:
    try:
        return source.readline()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise LoadError(INPUT_CUT) from None
        raise InvalidInputLine(str(error)) from error
    except OSError as error:
        raise LoadError(INPUT_UNREADABLE, reason=error.strerror) from None


def _fault_of(message: object) -> str | None:
    """What the Singer specification does not allow about a message; None where it is well made."""
    if not isinstance(message, dict):
        return "a message is no object"
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in SHAPES:
        return f"a message has the unknown type {kind!r}"
    for name, wanted in SHAPES[kind].items():
        if not isinstance(message.get(name), wanted):
            return f"a {kind} message needs {name!r}, of the type {JSON_NAMES[wanted]}"
    if not all(isinstance(url, str) for url in message.get("manifest", ())):
        return "the manifest of a BATCH message holds something else than texts"
    return None
