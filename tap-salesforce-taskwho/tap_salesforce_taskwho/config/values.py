"""One setting: from what people write to what the tap uses, or why it cannot be used."""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tap_salesforce_taskwho.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection

TRUE = frozenset({"true", "1", "yes", "on"})
FALSE = frozenset({"false", "0", "no", "off"})
WRITTEN_DATE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
WRITTEN_VERSION = re.compile(r"v?(\d{2,3})(?:\.0)?", re.ASCII)
# SOQL takes no datetime outside of these years
# (developer.salesforce.com, SOQL and SOSL Reference, Date Formats and Date Literals).
FIRST_YEAR, LAST_YEAR = 1700, 3999
# Versions 21 to 30 answer 410 since Summer '25 (developer.salesforce.com, API End-of-Life).
FIRST_API_VERSION = 31


def text(name: str, value: object) -> str | None:
    """Give the text of a setting, None for an empty one."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise UserError(
            f"Setting {name} must be text, and a {type(value).__name__} was given. "
            f"Put quotes around the value of {name}."
        )
    return value


def choice(name: str, value: object, allowed: Collection[str]) -> str:
    """Give one of the words that the setting knows."""
    if isinstance(value, str) and value in allowed:
        return value
    raise UserError(f"Setting {name} is {value!r}. Set it to one of: {', '.join(allowed)}.")


def whole_number(name: str, value: object, lowest: int, highest: int) -> int:
    """Give a number from `lowest` to `highest`; digits in a string count as one."""
    written = str(value).strip() if isinstance(value, (int, str)) else ""
    if isinstance(value, float) and value.is_integer():
        written = str(int(value))
    if not isinstance(value, bool) and re.fullmatch(r"[+-]?\d{1,12}", written, re.ASCII):
        number = int(written)
        if lowest <= number <= highest:
            return number
    raise UserError(
        f"Setting {name} is {value!r}. Set it to a whole number from {lowest:,} to {highest:,}."
    )


def truth(name: str, value: object) -> bool:
    """Give true or false; the words that environment variables use for them count."""
    word = str(value).strip().lower()
    if word in TRUE | FALSE:
        return word in TRUE
    raise UserError(f"Setting {name} is {value!r}. Set it to true or false.")


def version(name: str, value: object) -> str:
    """Give a REST version as Salesforce spells it, `64.0`."""
    found = WRITTEN_VERSION.fullmatch(str(value))
    if found and int(found[1]) >= FIRST_API_VERSION:
        return f"{found[1]}.0"
    raise UserError(
        f"Setting {name} is {value!r}. Set it to a REST version that Salesforce still serves, "
        f'"{FIRST_API_VERSION}.0" or later, such as "64.0".'
    )


def origin(name: str, value: str) -> str:
    """Give `https://host[:port]`; plain http is for loopback only, since secrets go there."""
    try:
        parts = urlsplit(value.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host or ""))
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not (host and secure and bare and re.fullmatch(r"[A-Za-z0-9.:-]+", host)):
        raise UserError(
            f"Setting {name} is no https address of a host alone (plain http is taken on "
            f"loopback only, because secrets are sent there). Set {name} to an address such as "
            "https://yourcompany.my.salesforce.com, without path, query, user or password."
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_loopback(host: str) -> bool:
    """Say whether a host name stands for this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def moment(name: str, value: object, *, whole_day: bool = False) -> datetime | None:
    """Give an aware UTC datetime of whole seconds, None for an empty setting.

    Takes ISO 8601 dates and datetimes with any offset, UTC where none is written. With
    `whole_day` it is an end: a date alone means the end of that day, parts of a second round up.
    """
    if value is None or value == "":
        return None
    read = read_moment(value, whole_day=whole_day)
    if read is None:
        raise UserError(
            f"Setting {name} is {value!r}, which is no date. Write a date such as 2024-01-31, or a "
            "datetime such as 2024-01-31T08:00:00+02:00 (UTC where no offset is written)."
        )
    return read


def read_moment(value: object, *, whole_day: bool = False) -> datetime | None:
    """Read what `moment` takes, None where it is something else."""
    found = WRITTEN_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        read = _in_whole_seconds(found, whole_day=whole_day)
    except (ValueError, OverflowError):
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _in_whole_seconds(found: re.Match[str], *, whole_day: bool) -> datetime:
    offset = (found["offset"] or "Z").upper()
    if re.fullmatch(r"[+-]\d{4}", offset):
        offset = f"{offset[:3]}:{offset[3:]}"
    read = datetime.fromisoformat(f"{found['date']}T{found['time'] or '00:00'}{offset}")
    utc = read.astimezone(UTC)
    if whole_day and not found["time"]:
        utc += timedelta(days=1)
    if utc.microsecond:
        # SystemModstamp has whole seconds, and SOQL compares nothing finer
        utc = utc.replace(microsecond=0) + timedelta(seconds=1 if whole_day else 0)
    return utc
