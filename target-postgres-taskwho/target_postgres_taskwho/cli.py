"""The command `target-postgres-taskwho`: its last line says what ended it."""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any, TextIO

from target_postgres_taskwho.errors import CONFIG_FILE_UNREADABLE, LoadError
from target_postgres_taskwho.explain import explain
from target_postgres_taskwho.redaction import redact
from target_postgres_taskwho.target import TargetPostgresTaskWho

if TYPE_CHECKING:
    import click


class Command(TargetPostgresTaskWho):
    """The target as a command."""

    @classmethod
    def invoke(cls, **options: Any) -> None:  # noqa: ANN401 -- the command's options
        """Run the target; an error ends it with one line and the error's exit code."""
        try:
            super().invoke(**options)
        except Exception as error:  # noqa: BLE001 -- the last line of the output says what ended it
            cls.exit_with(error, cls.given_config(options.get("config")))

    @classmethod
    def cb_config(cls, ctx: click.Context, param: click.Option, value: tuple[str, ...]) -> Any:  # noqa: ANN401 -- the SDK's private _ConfigInput
        """Read the config files."""
        try:
            return super().cb_config(ctx, param, value)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            reason = str(error).rstrip(".")
            if isinstance(error, OSError) and error.strerror:
                reason = f"{error.filename}: {error.strerror}"
            # the SDK makes an object of whatever a file holds
            if isinstance(error, TypeError) or reason.startswith("dictionary update"):
                reason = "it holds no JSON object"
            cls.exit_with(LoadError(CONFIG_FILE_UNREADABLE, reason=reason), {})

    @classmethod
    def exit_with(cls, error: Exception, config: dict[str, Any]) -> None:
        """Log an error without the secrets of the config, and exit."""
        if cls.logger.isEnabledFor(logging.DEBUG):
            cls.logger.debug("%s", redact(traceback.format_exc(), config))
        explained = explain(error)
        said = redact(" ".join(str(explained).split()), config)
        # a log in JSON holds the code of the problem too, for programs that run the loader
        cls.logger.error("%s", said, extra={"problem": explained.problem.code})
        sys.exit(explained.problem.exit_code)


def main() -> None:
    """Run the loader as a command."""
    # What is imported by now stays until the end. The garbage collector skips it from here on.
    gc.freeze()
    try:
        Command.cli()
    finally:
        # At its end Python collects garbage once more, which took 0.25 s of 0.95 (measured). The
        # system frees all memory anyway. The collection skips what is frozen.
        gc.freeze()
        for stream in (sys.stdout, sys.stderr):
            _let_go(stream)


def _let_go(stream: TextIO | None) -> None:
    """Drop what a stream cannot write.

    The interpreter would try again at its end, and exit with 120 instead of the loader's code
    (docs.python.org/3/c-api/init.html, Py_FinalizeEx).
    """
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
