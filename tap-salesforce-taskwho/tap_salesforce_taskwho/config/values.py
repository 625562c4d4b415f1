"""The value of one setting: from what people write to what the tap uses, or UserError."""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.settings import (
    SETTING_NOT_A_BOOLEAN,
    SETTING_NOT_A_CHOICE,
    SETTING_NOT_A_DATE,
    SETTING_NOT_A_NUMBER,
    SETTING_NOT_A_VERSION,
    SETTING_NOT_AN_ADDRESS,
    SETTING_NOT_AN_ID,
    SETTING_NOT_TEXT,
)

if TYPE_CHECKING:
    from collections.abc import Collection

TRUE = frozenset({"true", "1", "yes", "on"})
FALSE = frozenset({"false", "0", "no", "off"})
WRITTEN_DATE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
# RFC 1123: labels of 63 characters at most, 253 in all
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
LONGEST_HOST_NAME = 253
WRITTEN_VERSION = re.compile(r"v?(\d{2,3})(?:\.0)?", re.ASCII)
WRITTEN_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", re.ASCII)
# SOQL takes no datetime outside of these years
# (developer.salesforce.com, SOQL and SOSL Reference, Date Formats and Date Literals).
FIRST_YEAR, LAST_YEAR = 1700, 3999
# Versions 21 to 30 answer 410 since Summer '25 (developer.salesforce.com, API End-of-Life).
FIRST_API_VERSION = 31


def read_text(name: str, written: object) -> str:
    """Give a text as it is."""
    if isinstance(written, str):
        return written
    raise UserError(SETTING_NOT_TEXT, name=name, kind=type(written).__name__)


def read_choice(name: str, written: object, *, allowed: Collection[str]) -> str:
    """Give one of the allowed words."""
    if isinstance(written, str) and written in allowed:
        return written
    raise UserError(SETTING_NOT_A_CHOICE, name=name, value=written, choices=", ".join(allowed))


def read_number(name: str, written: object, *, lowest: int, highest: int) -> int:
    """Give a whole number from `lowest` to `highest`; text that holds one counts too."""
    text = str(written).strip() if isinstance(written, (int, str)) else ""
    if isinstance(written, float) and written.is_integer():
        text = str(int(written))
    if not isinstance(written, bool) and re.fullmatch(r"[+-]?\d{1,12}", text, re.ASCII):
        number = int(text)
        if lowest <= number <= highest:
            return number
    raise UserError(SETTING_NOT_A_NUMBER, name=name, value=written, lowest=lowest, highest=highest)


def read_boolean(name: str, written: object) -> bool:
    """Give true or false; the words that environment variables use for them count too."""
    word = str(written).strip().lower()
    if word in TRUE | FALSE:
        return word in TRUE
    raise UserError(SETTING_NOT_A_BOOLEAN, name=name, value=written)


def read_version(name: str, written: object) -> str:
    """Give a REST version as Salesforce spells it, `64.0`."""
    found = WRITTEN_VERSION.fullmatch(str(written))
    if found and int(found[1]) >= FIRST_API_VERSION:
        return f"{found[1]}.0"
    raise UserError(SETTING_NOT_A_VERSION, name=name, value=written, first=FIRST_API_VERSION)


def read_id(name: str, written: object) -> str:
    """Give a record's Id, of 15 or 18 characters."""
    text = read_text(name, written).strip()
    if WRITTEN_ID.fullmatch(text):
        return text
    raise UserError(SETTING_NOT_AN_ID, name=name, value=written)


def read_address(name: str, written: object) -> str:
    """Give `https://host[:port]`. Plain http is for loopback only, since secrets are sent there."""
    try:
        parts = urlsplit(read_text(name, written).strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host or ""))
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not (host and secure and bare and port != 0 and is_host(host)):
        raise UserError(SETTING_NOT_AN_ADDRESS, name=name)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_host(name: str) -> bool:
    """Say whether a text is the name or the address of a host."""
    if HOST_NAME.fullmatch(name):
        return len(name) <= LONGEST_HOST_NAME
    try:
        ipaddress.IPv6Address(name)
    except ValueError:
        return False
    return "%" not in name


def is_loopback(host: str) -> bool:
    """Say whether a host name stands for this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_datetime(name: str, written: object, *, is_end: bool = False) -> datetime:
    """Give an aware UTC datetime of whole seconds.

    ISO 8601 dates and datetimes with any offset count, UTC where none is written. With `is_end`, a
    date alone means the end of that day, and parts of a second are rounded up.
    """
    read = parse_datetime(written, is_end=is_end)
    if read is None:
        raise UserError(SETTING_NOT_A_DATE, name=name, value=written)
    return read


def parse_datetime(written: object, *, is_end: bool = False) -> datetime | None:
    """Give what `read_datetime` gives, None where it would raise."""
    found = WRITTEN_DATE.fullmatch(written.strip()) if isinstance(written, str) else None
    if found is None:
        return None
    try:
        read = _in_whole_seconds(found, is_end=is_end)
    except (ValueError, OverflowError):
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _in_whole_seconds(found: re.Match[str], *, is_end: bool) -> datetime:
    offset = (found["offset"] or "Z").upper()
    if re.fullmatch(r"[+-]\d{4}", offset):
        offset = f"{offset[:3]}:{offset[3:]}"
    read = datetime.fromisoformat(f"{found['date']}T{found['time'] or '00:00'}{offset}")
    utc = read.astimezone(UTC)
    if is_end and not found["time"]:
        utc += timedelta(days=1)
    if utc.microsecond:
        # SystemModstamp has whole seconds, and SOQL compares nothing finer
        utc = utc.replace(microsecond=0) + timedelta(seconds=1 if is_end else 0)
    return utc
