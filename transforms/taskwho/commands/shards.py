"""`taskwho shards`: a first load that several workers share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.given import arguments, config_option
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.look import Tone, tell
from taskwho.commands.terminal.output import say

if TYPE_CHECKING:
    from taskwho.model.results.shards import Shard, ShardPlan

_MOST_SHARDS = 100
_HEADINGS = ("Shard", "From Id", "Before Id", "Relations", "Read Up To")


@click.command(
    cls=Command,
    examples=[
        "taskwho shards 4                # plan four ranges of Ids",
        "taskwho shards                  # how far the workers are",
        "taskwho shards --done           # when all of them have loaded",
    ],
)
@click.argument("count", type=click.IntRange(1, _MOST_SHARDS), required=False, metavar="[N]")
@config_option
@click.option("--replace", is_flag=True, help="Plan anew, though a plan is at work.")
@click.option("--done", is_flag=True, help="Set the bookmark, when all shards have landed.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as one line of JSON.")
def shards(
    *, count: int | None, config: dict[str, Any], replace: bool, done: bool, as_json: bool
) -> None:
    """Divide a first load into N ranges of Ids, one for each worker.

    A worker reads its range by `taskwho sync --shard I/N --load-only`, and goes on where it stopped
    when it is run again. `taskwho post-load` promotes what has landed, and `taskwho shards --done`
    sets the bookmark. Without N it shows the plan.
    """
    from taskwho import api

    if done and (count is not None or replace):
        raise click.UsageError("--done stands alone: leave N and --replace out.")
    given = arguments(config, {})
    asked = {name: given[name] for name in ("database_url", "salesforce")}
    found = api.shards(count, **asked, replace=replace, done=done)
    if as_json:
        say(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    tell_shards(found)


def tell_shards(found: ShardPlan) -> None:
    """What a person reads, in 80 columns: each shard, and what to do next."""
    from taskwho.commands.terminal.table import tell_table

    tones = {
        "Read Up To": [Tone.GOOD if shard.is_complete else Tone.CARE for shard in found.shards]
    }
    rows = [_row(shard) for shard in found.shards]
    tell_table(_HEADINGS, rows, words=_HEADINGS[1:3] + _HEADINGS[4:], tones=tones)
    if found.is_done:
        tell("Done:", "the bookmark is set. `taskwho sync` reads what changed since.", Tone.GOOD)
    elif found.incomplete:
        names = ", ".join(found.incomplete)
        tell("Next:", f"`taskwho sync --shard I/N --load-only` for {names}.")
    else:
        tell("Next:", "`taskwho post-load`, then `taskwho shards --done`.")


def _row(shard: Shard) -> tuple[str, ...]:
    from taskwho.report.number_formats import number

    read = shard.after_id or ("begun" if shard.run_id else "not begun")
    return (
        shard.name,
        shard.id_from or "the first Id",
        shard.id_to or "the end",
        number(shard.counted),
        "its end" if shard.is_complete else read,
    )
