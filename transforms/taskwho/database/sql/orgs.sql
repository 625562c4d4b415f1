-- What: the org that each stream was read from last, before a run where one is given.
-- Grain: one row per stream. Reads: the complete pages of the journal that are not void.
select distinct on (stream)
    stream,
    org_id
from taskwho.batches
where
    outcome = 'complete'
    and not is_void
    and org_id is not null
    and stream is not null
    and (%(before)s::bigint is null or promoted_by < %(before)s)
order by stream asc, batch_id desc
