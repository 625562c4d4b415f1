"""What an answer's body holds. The body itself decides, not the status before it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from tap_salesforce_taskwho.salesforce.transport import Answer

Body = TypeVar("Body", bound=msgspec.Struct)
Row = TypeVar("Row")


_Number = Annotated[int, msgspec.Meta(ge=0)]


class PageBody(msgspec.Struct, Generic[Row], rename="camel"):
    """A page of query or queryAll.

    `records` are structs where a decoder made them, else dicts without `attributes`; a record that
    is not an object stays as it is.
    """

    total_size: _Number
    done: bool
    records: list[Row]


class CountBody(msgspec.Struct, rename="camel"):
    """The answer to COUNT(), whose records may be an empty list or null."""

    total_size: _Number
    done: bool


# 2024-09-24T06:32:04.000+0000
_Datetime = Annotated[
    str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)$")
]


class DeletedBody(msgspec.Struct, rename="camel"):
    """The answer of sObject Get Deleted."""

    deleted_records: list[object]
    earliest_date_available: _Datetime
    latest_date_covered: _Datetime


@dataclass(frozen=True, slots=True)
class Deletes:
    """Deletes that no query shows, each as Salesforce wrote it.

    They are complete until `latest_date_covered`. The org's list of deletes reaches back to
    `earliest_date_available`.
    """

    records: list[Any]
    earliest_date_available: datetime
    latest_date_covered: datetime


# A field that is hidden and one that does not exist have the same words. The name is quoted as the
# query spells it (github.com/mautic/mautic, issue 13406).
_NO_SUCH_COLUMN = re.compile(r"No such column '([A-Za-z]\w{0,79})' on entity", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServerError:
    """An error in Salesforce's own words: an API's errorCode, or the token endpoint's error."""

    code: str
    message: str

    @property
    def column(self) -> str:
        """The field that it says does not exist; empty where it names none."""
        found = _NO_SUCH_COLUMN.search(self.message)
        return found[1] if found else ""


def read_as(answer: Answer, shape: type[Body]) -> Body | None:
    """Give the body where it has the shape that was asked for, else None."""
    if answer.status != HTTPStatus.OK:
        return None
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    try:
        return msgspec.convert(read_json(answer.body), shape)
    except (ValueError, RecursionError):  # what msgspec raises are ValueErrors too
        return None


def read_page(
    answer: Answer, decoder: msgspec.json.Decoder[PageBody[Any]] | None
) -> PageBody[Any] | None:
    """Give a page, None where the answer is not one. `decoder` makes structs of its records."""
    page = None if decoder is None else _plain_page(answer, decoder)
    if page is None:
        page = read_as(answer, PageBody[Any])
    if page is None:
        return None
    for record in page.records:
        if record.__class__ is dict:
            record.pop("attributes", None)  # the record's type and address; not a field
    # a page with fewer rows than Salesforce counts is not the last one
    page.done = page.done and page.total_size <= len(page.records)
    return page


def read_deletes(answer: Answer) -> Deletes | None:
    """Give a list of deletes, None where the answer is not one."""
    body = read_as(answer, DeletedBody)
    if body is None:
        return None
    try:
        bounds = [
            datetime.fromisoformat(written).astimezone(UTC)
            for written in (body.earliest_date_available, body.latest_date_covered)
        ]
    except ValueError:
        return None
    return Deletes(body.deleted_records, *bounds)


def _plain_page(
    answer: Answer, decoder: msgspec.json.Decoder[PageBody[Row]]
) -> PageBody[Row] | None:
    r"""Give a page whose records all have the decoder's shape, None for any other answer.

    No loader takes NUL and lone surrogates, which come only as \u escapes: a page that holds any
    such escape is left to the other way of reading.
    """
    # the first search takes no time, the second one as long as decoding
    if answer.status != HTTPStatus.OK or (b"\\" in answer.body and b"\\u" in answer.body):
        return None
    try:
        return decoder.decode(answer.body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def is_list(answer: Answer) -> bool:
    """Say whether an answer is a list in JSON, as the list of the API's versions is."""
    try:
        return answer.status == HTTPStatus.OK and isinstance(read_json(answer.body), list)
    except (ValueError, RecursionError):
        return False


def read_json(body: bytes) -> object:
    """Read JSON; raises ValueError for what is not JSON.

    msgspec refuses lone surrogates, which people's texts hold (an emoji that was cut in the
    middle). The standard library accepts them, and NaN and Infinity too, which are not JSON.
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
    """Describe a body that is neither what was asked for nor an error."""
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
        return f"an answer that was cut off or is not JSON (status {answer.status})"
    return f"JSON of another shape than was asked for (status {answer.status})"


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
