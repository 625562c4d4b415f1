-- What: the stretch of time that runs have read to the end: from where, and up to when.
-- Grain: one row. Reads: the journal. A window without a start begins at the beginning.
select
    case when bool_and(window_from is not null) then min(window_from) end as floor,
    max(window_to) as until
from taskwho.batches
where
    stream = {stream}
    and outcome = 'complete'
    and mode in ('incremental', 'full')
    and not is_void
