-- What: the last page whose range of Ids covers a record.
-- Grain: one row, none where no page did. Reads: the journal.
select
    run_id,
    batch,
    fetched_at
from taskwho.batches
where
    stream = %(stream)s
    and first_id <= %(record_id)s collate "C"
    and last_id >= %(record_id)s collate "C"
order by fetched_at desc
limit 1
