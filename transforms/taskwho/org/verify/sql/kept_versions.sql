-- What: what waits or is set aside of some relations. Grain: one row per relation and table.
-- Reads: one of these tables.
select
    salesforce_id as id,
    record
from {kept}
where stream = {stream} and salesforce_id = any(%(ids)s)
