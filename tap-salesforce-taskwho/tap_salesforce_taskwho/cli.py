"""The command: its exit codes, and a last line for people."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import click

from tap_salesforce_taskwho.errors import ExitCode, Stopped, TapError, UserError
from tap_salesforce_taskwho.errors.command import OPTION_WRONG, STOPPED_EARLY, UNFORESEEN
from tap_salesforce_taskwho.output.memory import keep_memory
from tap_salesforce_taskwho.output.writer import output_error
from tap_salesforce_taskwho.tap import NAME, TapSalesforceTaskWho

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_LAST_LINE = 2_000


def main() -> None:
    """Run the command and end the process with its exit code."""
    # What is imported by now stays until the end. The garbage collector skips it from here on.
    gc.freeze()
    keep_memory()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except (OSError, AttributeError) as error:  # AttributeError: there is no output at all
        if code == ExitCode.DONE:
            code = _ended(output_error(error))
        if sys.stdout is not None:
            # what is left in the buffer has nowhere to go, and the interpreter would complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:  # a log that takes nothing; the interpreter would end with 120 for it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    # Python collects garbage once more before it ends. It skips what is frozen, and the process
    # frees all memory anyway.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command and give its exit code; the last line on stderr says why it is not 0."""
    try:
        code = TapSalesforceTaskWho.cli.main(
            args=list(arguments), prog_name=NAME, standalone_mode=False
        )
    except TapError as error:
        return _ended(error)
    except (click.Abort, KeyboardInterrupt):
        return _ended(Stopped(STOPPED_EARLY))
    except click.ClickException as error:
        return _ended(UserError(OPTION_WRONG, error=error.format_message()))
    except Exception as error:  # noqa: BLE001 -- the last line is for people, whatever happened
        TapSalesforceTaskWho.logger.debug("Where it happened", exc_info=True)
        return _ended(TapError(UNFORESEEN, error=type(error).__name__))
    return code if isinstance(code, int) else ExitCode.DONE


def _ended(error: TapError) -> int:
    """Say why, on one line that a terminal can show whatever a setting or a state holds."""
    shown = "".join(
        char if char.isprintable() else ascii(char)[1:-1] for char in " ".join(str(error).split())
    )
    if len(shown) > _LONGEST_LAST_LINE:
        half = _LONGEST_LAST_LINE // 2
        shown = f"{shown[:half]} … {shown[-half:]}"
    # a log in JSON holds the code of the problem too, for programs that run the tap
    TapSalesforceTaskWho.logger.error("%s", shown, extra={"problem": error.problem.code})
    return error.exit_code
