"""A hot standby: what writes says that the server is one and what to do, and what reads, reads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from taskwho import cli
from taskwho.database import embedded
from taskwho.database.embedded.layout import Layout
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.embedded.projects import ask, folder_of
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORED = str(relation(1)["Id"])


@pytest.fixture(scope="module")
def standby() -> Iterator[str]:
    """The URL of a server that recovers for ever, after a run into it."""
    with folder_of() as folder:
        url = embedded.start(folder)
        seed.create(url)
        seed.land(url, [relation(1)])
        post_load(url, PostLoadSettings(reports_dir=folder / "reports"))
        embedded.stop(folder)
        data = Layout.of(folder).data
        signal = data / "standby.signal"
        signal.touch()
        os.chown(signal, data.stat().st_uid, data.stat().st_gid)
        url = embedded.start(folder)
        assert ask(url, "select pg_is_in_recovery()") is True
        yield url


@pytest.fixture
def run(
    standby: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    """Run a command in an empty folder: its exit code, and what it prints."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    monkeypatch.setenv("DATABASE_URL", standby)

    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["taskwho", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return command


@pytest.mark.parametrize(
    "words",
    [
        *(["doctor"], ["prepare"], ["post-load"], ["sync"], ["verify"], ["verify", "--repair"]),
        ["why", STORED],
    ],
    ids=" ".join,
)
def test_what_writes_says_that_the_server_is_a_standby(
    run: Callable[..., tuple[int, str]], words: list[str]
) -> None:
    code, output = run(*words)
    assert code == 2
    assert "The database postgres takes no writes: its server is a standby." in output
    assert "Name the primary server in DATABASE_URL" in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runs"], "Done    100.00%        0     1        1       0"),
        (["report"], "Report: reports/"),
    ],
    ids=["runs", "report"],
)
def test_what_only_reads_does_so(
    run: Callable[..., tuple[int, str]], words: list[str], said: str
) -> None:
    code, output = run(*words)
    assert (code, said in output) == (0, True), output
