-- What: how many rows wait for a parent.
-- Grain: one row. Reads: what the rows of the quarantine miss.
select count(distinct salesforce_id) as relations
from taskwho.missing_references
where parent = %(stream)s and parent_id = %(record_id)s and not is_set_aside
