-- What: the rows in quarantine that failed in an earlier run. failed_now.sql has the others.
-- Grain: one row per key. Reads: the quarantine, the kept rows.
-- `not in` makes PostgreSQL look each key up in a hash table. With `not exists` it may compare each
-- row with each, as failed_now.sql explains.
select waiting.*
from taskwho.quarantine as waiting
where
    waiting.salesforce_id not in (
        select classified.key
        from {kept} as classified
        where not classified.is_retried and classified.outcome in ('failed', 'suppressed')
    )
