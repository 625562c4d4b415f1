-- What: the reasons for which relations wait, and how many wait for each.
-- Grain: one row per reason. Reads: the quarantine.
select
    reason,
    count(*) as relations
from taskwho.failed_relations
cross join unnest(reasons) as reason
where not is_set_aside
group by reason
order by reason
