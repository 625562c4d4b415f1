-- What: why a record is set aside.
-- Grain: one row, none where it is not. Reads: the rows that are set aside.
select
    set_aside_at,
    reason
from taskwho.set_aside
where stream = %(stream)s and salesforce_id = %(record_id)s
