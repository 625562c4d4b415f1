-- What: why a record waits.
-- Grain: one row, none where it does not wait. Reads: the quarantine.
select
    first_failed_at,
    last_failed_at,
    reasons,
    error
from taskwho.quarantine
where stream = %(stream)s and salesforce_id = %(record_id)s
