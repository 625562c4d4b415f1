-- What: how many relations wait for which reason. Grain: one row per reason.
-- Reads: the quarantine.
with outcomes as (
    select
        reasons,
        count(*) as rows
    from taskwho.failed_relations
    where not is_set_aside
    group by reasons
)

select
    reason,
    sum(rows)::bigint as rows
from outcomes
cross join unnest(outcomes.reasons) as reason
group by reason
order by reason;
