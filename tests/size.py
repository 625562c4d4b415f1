"""`make size`: how many lines of product code there are, here or at a commit."""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import sys
import tarfile
import tokenize
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGES = {
    "tap": "tap-salesforce-taskwho/tap_salesforce_taskwho",
    "loader": "target-postgres-taskwho/target_postgres_taskwho",
    "taskwho": "transforms/taskwho",
}
KINDS = (".py", ".sql")
LAYOUT_TOKENS = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}
SQL_COMMENT = re.compile(r"/\*.*?\*/|^\s*--[^\n]*", re.DOTALL | re.MULTILINE)

Size = Counter[tuple[str, str]]  # lines by package and kind


def main() -> None:
    """Print the lines of each package; with --rev, those of a commit beside them."""
    arguments = argparse.ArgumentParser(prog="make size", description=__doc__)
    arguments.add_argument("--rev", help="a commit to compare with")
    rev = arguments.parse_args().rev
    here = size(files_here())
    shown = [table("here", here)]
    if rev:
        there = size(files_at(rev))
        change = here.total() / there.total() - 1
        shown += [table(rev, there), f"here against {rev}: {change:+.1%}"]
    sys.stdout.write("\n\n".join(shown) + "\n")


def size(files: Iterable[tuple[PurePath, str]]) -> Size:
    """Count the lines of product code by package and kind."""
    counts: Size = Counter()
    for path, text in files:
        package = next((name for name, top in PACKAGES.items() if path.is_relative_to(top)), None)
        if package and path.suffix in KINDS and not is_left_out(path):
            lines = python_lines(text) if path.suffix == ".py" else sql_lines(text)
            counts[package, path.suffix] += lines
    return counts


def is_left_out(path: PurePath) -> bool:
    """Tell migrations and the lists of errors."""
    return path.name == "errors.py" or bool({"errors", "migrations"} & set(path.parent.parts))


def python_lines(text: str) -> int:
    """Count the lines that hold code: no blank line, no comment, no docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in LAYOUT_TOKENS:
            lines.update(range(token.start[0], token.end[0] + 1))
    for docstring in _docstrings(ast.parse(text)):
        lines.difference_update(range(docstring.lineno, (docstring.end_lineno or 0) + 1))
    written = text.splitlines()
    return sum(1 for line in lines if written[line - 1].strip())


def sql_lines(text: str) -> int:
    """Count the lines that hold SQL: no blank line, no comment."""
    return sum(1 for line in SQL_COMMENT.sub("", text).splitlines() if line.strip())


def files_here() -> Iterator[tuple[PurePath, str]]:
    """Read the files of the working tree."""
    for top in PACKAGES.values():
        for kind in KINDS:
            for path in sorted((ROOT / top).rglob(f"*{kind}")):
                yield path.relative_to(ROOT), path.read_text("utf-8")


def files_at(rev: str) -> Iterator[tuple[PurePath, str]]:
    """Read the files of a commit."""
    command = ["git", "archive", "--format=tar", rev, *PACKAGES.values()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            if file := archive.extractfile(member):
                yield PurePath(member.name), file.read().decode()


def table(title: str, counts: Size) -> str:
    """Show the lines by package and kind."""
    rows = [[title, "Python", "SQL", "total"]]
    for package in PACKAGES:
        lines = [counts[package, kind] for kind in KINDS]
        rows.append([package, *(f"{number:,}" for number in (*lines, sum(lines)))])
    lines = [sum(counts[package, kind] for package in PACKAGES) for kind in KINDS]
    rows.append(["total", *(f"{number:,}" for number in (*lines, sum(lines)))])
    return "\n".join(
        f"{name:<12}" + "".join(f"{cell:>9}" for cell in cells) for name, *cells in rows
    )


def _docstrings(tree: ast.Module) -> Iterator[ast.Expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node


if __name__ == "__main__":
    main()
