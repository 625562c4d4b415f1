-- What: a plan, removed. Grain: one row per shard. Reads and writes: the shards.
delete from taskwho.shards
where state_id = %(state_id)s
