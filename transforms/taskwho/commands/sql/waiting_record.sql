-- What: why a record waits.
-- Grain: one row, none where it does not wait. Reads: the quarantine.
select
    first_failed_at,
    last_failed_at,
    reasons,
    error
from taskwho.failed_relations
where salesforce_id = %(record_id)s
union all
select
    first_failed_at,
    last_failed_at,
    reasons,
    error
from taskwho.failed_parents
where salesforce_id = %(record_id)s
