"""The sandbox org on its own: `python -m tests.sandbox --help`."""

from __future__ import annotations

import argparse
import json
import signal
import sys

from tests.sandbox import Sandbox


def main() -> None:
    """Serve until Ctrl-C; the settings that a tap needs are printed as one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox", description=__doc__)
    parser.add_argument("--rows", type=int, default=2000, help="relations (20 to 1,000,000)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same org")
    parser.add_argument("--latency-ms", type=float, default=0, help="least time of a query")
    parser.add_argument("--orphans", type=float, default=0.02, help="share of missing parents")
    parser.add_argument("--leads", type=float, default=0.03, help="share of relations to leads")
    parser.add_argument("--deleted", type=float, default=0.02, help="share in the recycle bin")
    parser.add_argument("--lost", type=float, default=0.001, help="share whose task nobody sees")
    options = vars(parser.parse_args())
    with Sandbox(**options) as sandbox:
        settings = {flow: sandbox.settings(flow) for flow in ("client_credentials", "access_token")}
        settings["refresh_token"] = sandbox.settings("refresh_token")
        sys.stdout.write(json.dumps({"url": sandbox.url, "settings": settings}) + "\n")
        sys.stdout.flush()
        signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
