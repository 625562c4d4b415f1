-- What: how many relations wait for a parent.
-- Grain: one row. Reads: the quarantine.
select count(*) as relations
from taskwho.failed_relations
where %(record_id)s = any(missing_ids) and not is_set_aside
