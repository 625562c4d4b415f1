-- What: how many relations wait for which reasons. Grain: one row per set of reasons.
-- Reads: the quarantine.
select
    reasons,
    count(*) as rows
from taskwho.failed_relations
where not is_set_aside
group by reasons;
