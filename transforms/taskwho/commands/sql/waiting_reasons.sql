-- What: the reasons for which relations wait, and how many wait for each.
-- Grain: one row per reason. Reads: the counts of the quarantine.
select
    reason,
    sum(waiting)::bigint as relations
from taskwho.waiting_counts
cross join unnest(reasons) as reason
where stream = 'task_who_relations' and not is_set_aside
group by reason
order by reason
