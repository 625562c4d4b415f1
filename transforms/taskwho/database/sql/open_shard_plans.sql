-- What: the states whose shards are planned and not done. Grain: one row per state id.
-- Reads: the shards.
select distinct state_id
from taskwho.shards
where done_at is null
order by state_id
