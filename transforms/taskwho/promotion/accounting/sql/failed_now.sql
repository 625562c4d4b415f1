-- What: the waiting rows that landed in this run, each found by its key.
-- Grain: one row per key. Reads: the kept rows, the quarantine.
-- `offset 0` keeps the planner from a join. Neither table has statistics at this point, and the
-- planner would take them for small: it compared each row with each.
select found.*
from {kept} as classified
cross join
    lateral (
        select waiting.*
        from taskwho.quarantine as waiting
        where waiting.stream = {stream} and waiting.salesforce_id = classified.key
        offset 0
    ) as found
where not classified.is_retried and classified.outcome in ('failed', 'suppressed')
