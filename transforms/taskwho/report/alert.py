"""Tell people about a run: when it fails, when the table becomes degraded, when it recovers."""

from __future__ import annotations

import json
import logging
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from taskwho.report.inert_text import visible
from taskwho.report.next_steps import with_next_steps
from taskwho.report.verdict import verdict

if TYPE_CHECKING:
    from taskwho.model.result import RunResult

logger = logging.getLogger("taskwho")

_SECONDS = 10


def news(result: RunResult, before: RunResult | None) -> str | None:
    """What is new since the run before, in a word; None where nobody need be told."""
    if result.status == "failed":
        return "failed"
    if result.is_degraded:
        return None if before and before.is_degraded else "degraded"
    was_bad = before is not None and (before.status == "failed" or before.is_degraded)
    return "recovered" if was_bad and result.status in ("ok", "nothing") else None


def message(result: RunResult, report_url: str | None) -> dict[str, str]:
    """Verdict, first step and link, as Slack and those who are like it take them.

    See https://docs.slack.dev/messaging/formatting-message-text: three characters are markup.
    """
    first_step = with_next_steps(result).next_steps[0]
    lines = [verdict(result), result.error or f"Next: {first_step}"]
    text = "\n".join(visible(line) for line in lines if line)
    for character, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(character, escaped)
    if report_url:
        text += f"\n{report_url.rstrip('/')}/{result.report_name}.html"
    return {"text": text}


def send(url: str, body: dict[str, str]) -> None:
    """Post to the address, which is a secret: a failure is a warning without it."""
    if why := _refused(url, json.dumps(body).encode()):
        logger.warning(
            "The alert was not sent to the address in TASKWHO_NOTIFY: %s. The run and its report "
            "are not affected. Correct the address, or remove it.",
            why,
        )


def _refused(url: str, data: bytes) -> str | None:
    """Why the address has not taken the data; None where it has."""
    if not url.startswith(("http://", "https://")):
        return "it is no http or https address"
    try:
        request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - checked
        with urlopen(request, timeout=_SECONDS):  # noqa: S310 - checked
            return None
    except HTTPError as error:
        return f"it answers with HTTP {error.code}"
    except (HTTPException, OSError, ValueError):
        return "it does not answer"
