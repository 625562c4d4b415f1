"""The Dockerfile, and the schedule of Meltano in docs/production.md."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from tests.docs.settings import env_example
from tests.support.checkout import ROOT
from tests.support.pages import WRITTEN, blocks, name_of

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "production.md"
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
DOCKER = shutil.which("docker") or ""
HADOLINT = shutil.which("hadolint") or ""
COMMENTS = re.compile(r"^#.*\n", re.MULTILINE)
INSTRUCTION = re.compile(r"^([A-Z]+) ((?:.*\\\n)*.*)$", re.MULTILINE)
INSTRUCTIONS = [
    (name, " ".join(rest.split()))
    for name, rest in INSTRUCTION.findall(COMMENTS.sub("", DOCKERFILE))
]
LAST_STAGE = INSTRUCTIONS[max(i for i, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM") :]
VARIABLES = {
    *(name for name, _ in env_example()),
    "TAP_SALESFORCE_TASKWHO_LOGLEVEL",
    "TAP_SALESFORCE_TASKWHO__SELECT",
}


def test_the_image_runs_as_nobody_and_needs_no_volume() -> None:
    found = dict(LAST_STAGE)
    assert found["USER"] == "65534:65534"
    assert json.loads(found["ENTRYPOINT"]) == ["taskwho"]
    assert not {"VOLUME", "ADD", "EXPOSE"} & {name for name, _ in INSTRUCTIONS}
    assert not [value for name, value in LAST_STAGE if name == "RUN"]


def test_the_image_has_uv_of_the_makefile_and_its_bases_have_a_version() -> None:
    [version] = re.findall(r"^UV_VERSION := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert f"uv=={version}" in DOCKERFILE
    bases = {value.partition(" ")[0] for name, value in INSTRUCTIONS if name == "FROM"}
    assert bases == {"python:3.11-slim"}


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    listed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for name, value in INSTRUCTIONS:
        if name == "COPY" and "--from" not in value:
            for source in value.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert f"!{source}" in listed
    assert listed[1] == "*"


def test_the_image_sets_variables_that_there_are() -> None:
    names = re.findall(r"\b(TASKWHO_\w+)=", DOCKERFILE)
    assert names
    assert set(names) <= VARIABLES


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_a_page_names_variables_that_there_are(page: Path) -> None:
    named = re.findall(r"\b((?:TASKWHO|TAP_SALESFORCE_TASKWHO)_[A-Z_]+)\b", page.read_text("utf-8"))
    assert {name for name in named if not name.endswith("_")} <= VARIABLES


def test_meltano_accepts_the_schedule() -> None:
    project: dict[str, Any] = yaml.safe_load((ROOT / "meltano.yml").read_text("utf-8"))
    found = [yaml.safe_load(block.text) for block in blocks(PAGE, "yaml")]
    [schedules] = [each for each in found if "schedules" in each]
    changed = copy.deepcopy(project) | schedules
    schema = json.loads((files("meltano.schemas") / "meltano.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(changed)
    jobs = {job["name"] for job in project["jobs"]}
    assert {schedule["job"] for schedule in schedules["schedules"]} <= jobs


@pytest.mark.skipif(not HADOLINT, reason="hadolint is not installed")
def test_hadolint_has_nothing_to_say_of_the_image() -> None:
    done = subprocess.run(
        [HADOLINT, ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def docker_builds() -> bool:
    """Whether a daemon of Docker answers."""
    if not DOCKER:
        return False
    return subprocess.run([DOCKER, "info"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not docker_builds(), reason="there is no Docker daemon to build the image with")
def test_the_image_can_be_built_and_answers() -> None:
    build = [DOCKER, "build", "--quiet", str(ROOT)]
    image = subprocess.run(build, capture_output=True, text=True, check=True).stdout.strip()
    run = [DOCKER, "run", "--rm", "--read-only", image, "--version"]
    assert "taskwho" in subprocess.run(run, capture_output=True, text=True, check=True).stdout
