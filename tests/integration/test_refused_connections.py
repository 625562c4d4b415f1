"""A first connection that the database refuses is one sentence, by command and by loader alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho import cli

from tests.support.loading import Loader, check_sentence, record, schema, state
from tests.support.refusing import PASSWORD, REFUSALS, refused_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=REFUSALS)
def refusal(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(refusal: str, database_url: str) -> Iterator[str]:
    with refused_url(refusal, database_url) as url:
        yield url


def test_the_loader_alone_says_what_to_check_and_passes_no_state_on(
    refusal: str, url: str, tmp_path: Path
) -> None:
    load = Loader(tmp_path, url).load(schema(["Id"]), record(Id="1"), state(1))
    said, _ = REFUSALS[refusal]
    check_sentence(load, 2, "The database cannot be reached: ", said, "Check that", "stays.")
    assert PASSWORD not in load.log
    assert load.states == []


@pytest.mark.parametrize("words", ["sync", "post-load", "doctor"])
def test_each_command_says_what_to_do(
    refusal: str,
    url: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("sys.argv", ["taskwho", words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    output = " ".join((printed.out + printed.err).split())
    assert ended.value.code == 2, output
    assert all(text in output for text in REFUSALS[refusal])
    assert not any(text in output for text in (PASSWORD, "Traceback"))
