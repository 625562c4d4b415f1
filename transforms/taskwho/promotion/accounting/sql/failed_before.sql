-- What: the waiting rows that did not land in this run. Grain: one row per key.
-- Reads: the kept rows, the quarantine. `not in` has one plan, that looks each key up in a hash
-- table; `not exists` is a join, and has the planner of failed_now.sql guess.
select waiting.*
from taskwho.quarantine as waiting
where
    waiting.salesforce_id not in (
        select classified.key
        from {kept} as classified
        where not classified.is_retried and classified.outcome in ('failed', 'suppressed')
    )
