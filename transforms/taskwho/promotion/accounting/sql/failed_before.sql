-- What: the rows of the quarantine that did not land in this run. Grain: one row per key.
-- Reads: the quarantine, the kept rows.
-- PostgreSQL puts what `not in` names into a hash table. It would join for `not exists`, and the
-- planner may choose as badly as failed_now.sql says.
select waiting.*
from taskwho.quarantine as waiting
where
    waiting.salesforce_id not in (
        select classified.key
        from {kept} as classified
        where not classified.is_retried and classified.outcome in ('failed', 'suppressed')
    )
