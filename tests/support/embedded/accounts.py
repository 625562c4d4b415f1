"""Run a piece of a test as another account of this machine."""

from __future__ import annotations

import os
import pickle
import pwd
import traceback
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
IS_ROOT = os.geteuid() == 0


def run_as(account: str | None, act: Callable[[], Result]) -> Result:
    """The result of a function that a child process of that account calls; None is this account."""
    if account is None:
        return act()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(account, act, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    answered: tuple[Result, str | None] = pickle.loads(answer)  # noqa: S301 - our own child's
    result, failure = answered
    assert failure is None, failure
    return result


def _answer(account: str, act: Callable[[], object], writer: int) -> None:
    try:
        found = pwd.getpwnam(account)
        os.initgroups(account, found.pw_gid)
        os.setgid(found.pw_gid)
        os.setuid(found.pw_uid)
        answer = pickle.dumps((act(), None))
    except BaseException:  # noqa: BLE001 - the parent raises it
        answer = pickle.dumps((None, traceback.format_exc()))
    with os.fdopen(writer, "wb") as answers:
        answers.write(answer)
    os._exit(0)
