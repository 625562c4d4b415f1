"""`make bench`: measure, print the table, write reports/bench.md."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.errors import BenchError
from tests.bench.options import Options, read_options
from tests.bench.report import report
from tests.bench.runs import Bench, say
from tests.bench.scenarios import Scenarios
from tests.bench.system.installs import HOME
from tests.bench.system.machine import machine
from tests.bench.system.postgres import Postgres


def main() -> None:
    """Run the bench."""
    given = read_options()
    try:
        text = measured(given)
    except BenchError as error:
        sys.exit(f"\nThe bench cannot go on: {error}")
    given.report.write_text(text, "utf-8")
    sys.stdout.write(text)
    say(f"\nWritten to {given.report}.")


def measured(given: Options) -> str:
    """Measure the scenarios; return the report's text."""
    HOME.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=HOME))
    try:
        with Postgres(folder / "postgres") as postgres:
            results = Scenarios(Bench(postgres, folder), given, folder).run()
            return report(results, given, machine(postgres.version))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
