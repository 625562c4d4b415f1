-- What: the cursors of a plan, moved to where the journal of their last runs says that rows have
-- landed. The loader commits the rows of a page before it takes the page's entry.
-- Grain: one row per shard. Reads: the journal, landed and promoted. Writes: the shards.
with entries as (
    select
        landed.run_id::text as run_id,
        landed.stream::text as stream,
        landed.last_id::text as last_id,
        landed.endpoint::text as endpoint,
        landed.window_from::text::timestamptz as window_from,
        landed.window_to::text::timestamptz as window_to,
        landed.outcome::text as outcome
    from taskwho.sync_batches as landed
    where
        landed.run_id::text in (
            select shards.run_id from taskwho.shards as shards where shards.state_id = %(state_id)s
        )
    union all
    select
        promoted.run_id,
        promoted.stream,
        promoted.last_id,
        promoted.endpoint,
        promoted.window_from,
        promoted.window_to,
        promoted.outcome
    from taskwho.batches as promoted
    where
        promoted.run_id in (
            select shards.run_id from taskwho.shards as shards where shards.state_id = %(state_id)s
        )
),

runs as (
    select
        run_id,
        max(last_id collate "C") as last_id,
        max(endpoint) as endpoint,
        max(window_from) as window_from,
        min(window_to) as window_to,
        -- a range of Ids cuts a run: its last page says `limit`
        bool_or(outcome = 'limit') as is_complete
    from entries
    where stream = %(stream)s
    group by run_id
)

update taskwho.shards as shards
set
    after_id = greatest(shards.after_id, runs.last_id collate "C"),
    endpoint = coalesce(runs.endpoint, shards.endpoint),
    window_from = greatest(shards.window_from, runs.window_from),
    window_to = least(shards.window_to, runs.window_to),
    completed_at = coalesce(shards.completed_at, case when runs.is_complete then now() end)
from runs
where shards.state_id = %(state_id)s and shards.run_id = runs.run_id
