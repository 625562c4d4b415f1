-- What: the waiting rows that did not land in this run. Grain: one row per key.
-- Reads: the kept rows, the quarantine. `not in` looks each key up in a hash table. `not exists`
-- would be a join, for which the planner guesses as in failed_now.sql.
select waiting.*
from taskwho.quarantine as waiting
where
    waiting.salesforce_id not in (
        select classified.key
        from {kept} as classified
        where not classified.is_retried and classified.outcome in ('failed', 'suppressed')
    )
