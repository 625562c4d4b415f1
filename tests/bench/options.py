"""The options: rows, latency, runs, contenders and scenarios."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tests.support.checkout import ROOT

DESCRIPTION = "Measures this pair beside other ways to load an org; writes reports/bench.md."
SCENARIOS = ("large", "medium", "idle", "waiting", "latency", "shards", "huge")
SKIPPABLE = ("seed", "tap-salesforce", "dlt", "meltano")


@dataclass(frozen=True)
class Options:
    """The sizes of a run; the defaults are those of the published table."""

    large: int = 1_000_000
    medium: int = 300_000
    slow_org: int = 200_000
    shared_org: int = 1_000_000
    huge: int = 3_000_000
    huge_waiting: int = 100_000
    idle_rows: int = 20_000
    waiting_rows: int = 200_000
    slow_rows: int = 20_000
    dlt_rows: int = 100_000
    latency_ms: float = 250
    in_flight: int = 8
    workers: int = 4
    changed: int = 100
    runs: int = 3
    limit_runs: int = 7
    skip: tuple[str, ...] = ()
    report: Path = ROOT / "reports" / "bench.md"
    scenarios: tuple[str, ...] = SCENARIOS

    def scaled(self, factor: float) -> Options:
        """The same with fewer or more rows in the five orgs of the pair."""

        def scaled(rows: int) -> int:
            return max(200, int(rows * factor))

        return replace(
            self,
            large=scaled(self.large),
            medium=scaled(self.medium),
            slow_org=scaled(self.slow_org),
            shared_org=scaled(self.shared_org),
            huge=scaled(self.huge),
            huge_waiting=scaled(self.huge_waiting),
        )


HELP = {
    "large": "relations of the org without latency",
    "medium": "relations of the org where the starts of processes count",
    "slow_org": "relations of the org with latency",
    "shared_org": "relations of the org with latency that workers share",
    "huge": "relations of the org for memory and small changes",
    "huge_waiting": "rows that wait there while others change: the org's own, then invalid ones",
    "idle_rows": "relations of the org in which nothing is new",
    "waiting_rows": "invalid rows that wait beside them",
    "slow_rows": "relations for the seed's method and tap-salesforce",
    "dlt_rows": "relations for dlt",
    "latency_ms": "latency of a page of both slow orgs, in milliseconds",
    "in_flight": "pages in flight there",
    "workers": "workers that share an org, with one page in flight each",
    "changed": "relations that change in the huge org",
    "runs": "runs of each contender; the report has their medians",
    "limit_runs": "runs of the contenders whose time a bound compares with the limit's",
}


def read_options(words: list[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=DESCRIPTION)
    for field in fields(Options):
        if field.name in HELP:
            parser.add_argument(
                f"--{field.name.replace('_', '-')}",
                type=type(field.default),
                default=field.default,
                help=f"{HELP[field.name]} ({field.default:,})",
            )
    parser.add_argument(
        "--scale", type=float, default=1, help="factor for the rows of the five orgs"
    )
    parser.add_argument("--report", type=Path, default=Options.report, help="file of the report")
    for name, choices in (("skip", SKIPPABLE), ("scenarios", SCENARIOS)):
        parser.add_argument(
            f"--{name}",
            nargs="*",
            choices=choices,
            default=getattr(Options, name),
            metavar="NAME",
            help=f"any of {', '.join(choices)}",
        )
    given: dict[str, Any] = vars(parser.parse_args(words))
    scale = given.pop("scale")
    for name in ("skip", "scenarios"):
        given[name] = tuple(given[name])
    return Options(**given).scaled(scale)
