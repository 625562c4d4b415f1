-- What: the plan of a state id. Grain: one row per shard. Reads: the shards.
select
    shard,
    of_shards,
    id_from,
    id_to,
    counted,
    org_id,
    planned_at,
    run_id,
    after_id,
    endpoint,
    window_from,
    window_to,
    completed_at,
    done_at
from taskwho.shards
where state_id = %(state_id)s
order by shard
