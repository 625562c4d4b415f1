-- What: the run that reads a shard from here on. Grain: one row. Reads and writes: the shards.
update taskwho.shards
set run_id = %(run_id)s
where state_id = %(state_id)s and shard = %(shard)s
