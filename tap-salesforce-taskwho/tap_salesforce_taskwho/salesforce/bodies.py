"""What an answer's body holds, judged by the body itself and not by the status before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.transport import Answer

Body = TypeVar("Body", bound=msgspec.Struct)
_OK = 200


Row = TypeVar("Row")


class PageBody(msgspec.Struct, Generic[Row], rename="camel"):
    """A page of query or queryAll."""

    total_size: int
    done: bool
    records: list[Row]
    next_records_url: str | None = None


class CountBody(msgspec.Struct, rename="camel"):
    """The answer to COUNT(), whose records may be an empty list or null."""

    total_size: int
    done: bool


# 2024-09-24T06:32:04.000+0000
_Moment = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)$")]


class DeletedBody(msgspec.Struct, rename="camel"):
    """The answer of sObject Get Deleted."""

    deleted_records: list[object]
    earliest_date_available: _Moment
    latest_date_covered: _Moment


@dataclass(frozen=True, slots=True)
class ServerError:
    """An error in Salesforce's own words: an API's errorCode, or the token endpoint's error."""

    code: str
    message: str


def expected(answer: Answer, shape: type[Body]) -> Body | None:
    """Give the body where it is what was asked for, None where it is anything else."""
    if answer.status != _OK:
        return None
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, UnicodeError):
        pass
    try:
        return msgspec.convert(read_json(answer.body), shape)
    except (ValueError, RecursionError):  # what msgspec raises are ValueErrors too
        return None


def plain_page(
    answer: Answer, decoder: msgspec.json.Decoder[PageBody[Row]]
) -> PageBody[Row] | None:
    r"""Give a page whose records are all of one plain shape, None for any other answer.

    NUL and lone surrogates, which no loader takes, can only come as escapes: a page with any
    \u is none of these.
    """
    # one byte is looked for forty times as fast as two, and hardly a page has one
    if answer.status != _OK or (b"\\" in answer.body and b"\\u" in answer.body):
        return None
    try:
        return decoder.decode(answer.body)
    except (msgspec.DecodeError, UnicodeError):
        return None


def is_list(answer: Answer) -> bool:
    """Say whether an answer is a list in JSON, as that of the API's versions."""
    try:
        return answer.status == _OK and isinstance(read_json(answer.body), list)
    except (ValueError, RecursionError):
        return False


def read_json(body: bytes) -> object:
    """Read JSON as leniently as data needs it; raises ValueError for what is no JSON.

    msgspec refuses lone surrogates, which people's texts hold (cut in the middle of an emoji);
    the standard library takes them, and NaN and Infinity too, which are no JSON.
    """
    return json.loads(body.decode(), parse_constant=_refuse_constant)


def server_error(answer: Answer) -> ServerError | None:
    """Find the error in a body: a list of errors, or the one object of the token endpoint."""
    try:
        document = read_json(answer.body)
    except (ValueError, RecursionError):
        return None
    first = document[0] if isinstance(document, list) and document else document
    if not isinstance(first, dict):
        return None
    code = first.get("errorCode") or first.get("error")
    if not isinstance(code, str) or not code:
        return None
    return ServerError(code, str(first.get("message") or first.get("error_description") or ""))


def description(answer: Answer) -> str:
    """Say what a body is that is neither what was asked for nor an error."""
    text = answer.body.lstrip()[:15].lower()
    if not text:
        return f"an empty answer (status {answer.status})"
    if text.startswith((b"<!doctype html", b"<html")):
        return f"an HTML page (status {answer.status}), as during maintenance"
    if text.startswith(b"<"):
        return f"an XML document (status {answer.status})"
    try:
        read_json(answer.body)
    except (ValueError, RecursionError):
        return f"a cut-off answer or one that is no JSON (status {answer.status})"
    return f"JSON of another shape than was asked for (status {answer.status})"


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
