-- What: how many relations wait for which reason. Grain: one row per reason.
-- Reads: the quarantine.
select
    reason,
    count(*) as rows
from (
    select unnest(reasons) as reason from taskwho.failed_relations where not is_set_aside
) as told
group by reason
order by reason;
