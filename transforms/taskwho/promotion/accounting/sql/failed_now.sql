-- What: the rows in quarantine that landed and failed in this run.
-- Grain: one row per key. Reads: the kept rows, and the quarantine by its key.
-- `offset 0` makes PostgreSQL look each key up. Without it, PostgreSQL may compare each row with
-- each, since it has no statistics of these tables yet: that took minutes for 100,000 rows.
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
