-- What: a new plan. Grain: one row per shard. Reads: nothing. Writes: the shards.
insert into taskwho.shards (
    state_id, shard, of_shards, id_from, id_to, counted, org_id, planned_at
)
select
    %(state_id)s,
    planned.shard,
    %(of_shards)s,
    planned.id_from,
    planned.id_to,
    planned.counted,
    %(org_id)s,
    now()
from jsonb_to_recordset(%(planned)s::jsonb) as planned (
    shard integer, id_from text, id_to text, counted bigint
)
