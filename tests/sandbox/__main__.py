"""The sandbox org on its own: `python -m tests.sandbox --help`."""

from __future__ import annotations

import argparse
import json
import signal
import sys

from tests.sandbox import Sandbox

FLOWS = ("client_credentials", "jwt_bearer", "refresh_token", "password", "access_token")
DESCRIPTION = "A Salesforce org on loopback. Prints its URL and a tap's settings as a line of JSON."
SHARES = (
    ("orphans", 0.02, "whose task the reader's database lacks"),
    ("missing-persons", 0.005, "whose contact it lacks"),
    ("missing-users", 0.002, "whose author it lacks"),
    ("lost", 0.001, "whose task no query shows"),
    ("leads", 0.03, "that belong to leads"),
    ("deleted", 0.02, "in the recycle bin"),
    ("archived", 0.05, "whose task is archived"),
    ("equal-stamps", 0.5, "that share their stamp's second"),
)


def options() -> dict[str, object]:
    """Read the command line: the options that a person needs."""
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox", description=DESCRIPTION)
    parser.add_argument("--rows", type=int, default=2000, help="relations (20 to 3,000,000)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same org")
    parser.add_argument("--latency-ms", type=float, default=0, help="least time of a query")
    parser.add_argument("--page-cap", type=int, help="rows a page has at most")
    parser.add_argument("--max-concurrency", type=int, help="queries that may run at once")
    parser.add_argument("--api-max", type=int, default=100_000, help="calls a day")
    parser.add_argument("--token-seconds", type=float, default=7200, help="life of a token")
    parser.add_argument("--clock-offset-seconds", type=float, default=0, help="the org's clock")
    parser.add_argument("--no-gzip", dest="gzip", action="store_false", help="never compress")
    for name, default, help_text in SHARES:
        parser.add_argument(
            f"--{name}", type=float, default=default, help=f"share of relations {help_text}"
        )
    return vars(parser.parse_args())


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    with Sandbox(**options()) as sandbox:  # type: ignore[arg-type]
        settings = {flow: sandbox.settings(flow) for flow in FLOWS}
        sys.stdout.write(json.dumps({"url": sandbox.url, "settings": settings}) + "\n")
        sys.stdout.flush()
        for stop in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores SIGINT
            signal.signal(stop, signal.default_int_handler)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
