-- What: the rows of the quarantine that landed in this run. Grain: one row per key.
-- Reads: the kept rows, and the quarantine by its key.
-- Without `offset 0` the planner may join the two. It has no statistics of them yet, takes them for
-- small, and compares each row with each: minutes for 100,000 rows.
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
