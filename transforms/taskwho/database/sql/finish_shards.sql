-- What: a plan whose shards have all been read: the time at which its bookmark was set, and an
-- entry of the journal for the one window that they make together. Later runs begin from its end.
-- Grain: one row. Reads: the shards, the runs. Writes: the shards, the journal.
with finished as (
    update taskwho.shards
    set done_at = now()
    where state_id = %(state_id)s
    returning run_id, window_from, window_to, endpoint, org_id
)

insert into taskwho.batches (
    promoted_by, run_id, stream, mode, window_from, window_to, endpoint, resumed, org_id, records,
    fetched_at, outcome
)
select
    -- a run before every one that can begin from the bookmark
    (
        select min(runs.run_id) from taskwho.runs as runs
        where runs.run_ids && array(select finished.run_id from finished)
    ),
    min(finished.run_id),
    %(stream)s,
    'full',
    max(finished.window_from),
    min(finished.window_to),
    min(finished.endpoint),
    true,
    min(finished.org_id),
    0,
    now(),
    'complete'
from finished
