"""`taskwho shards`: a first load that several workers share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from taskwho.commands.given import arguments, config_option
from taskwho.commands.terminal.help import Command
from taskwho.commands.terminal.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.shards import Shard, ShardPlan

_MOST_SHARDS = 100


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
    for line in lines(found):
        say(line)


def lines(found: ShardPlan) -> Iterator[str]:
    """What a person reads: each shard, and what to do next."""
    for shard in found.shards:
        yield _line(shard)
    if found.is_done:
        yield "Done: the bookmark is set. Next: `taskwho sync` reads what changed since."
    elif found.incomplete:
        names = ", ".join(found.incomplete)
        yield f"Next: `taskwho sync --shard I/N --load-only` for {names}."
    else:
        yield "Next: `taskwho post-load`, then `taskwho shards --done`."


def _line(shard: Shard) -> str:
    from taskwho.report.number_formats import number

    state = "not begun"
    if shard.is_complete:
        state = "complete"
    elif shard.run_id:
        state = f"begun, read up to {shard.after_id}" if shard.after_id else "begun"
    bounds = f"{shard.id_from or 'the first Id':<18} to {shard.id_to or 'the end':<18}"
    return f"{shard.name:>7}  {bounds}  {number(shard.counted):>11} relations  {state}"
