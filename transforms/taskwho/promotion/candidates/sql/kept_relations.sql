-- What: how many quarantined relations neither landed again nor are tried; set aside ones apart.
-- Grain: one row. Reads: the quarantine's counts, what has landed, what is tried.
with waiting as (
    select
        coalesce(sum(relations) filter (where not is_set_aside), 0) as failed,
        coalesce(sum(relations) filter (where is_set_aside), 0) as aside
    from taskwho.waiting_counts
),

judged_again as (
    select key from inbox_task_who_relations
    union all
    select key from waiting_task_who_relations
),

leaving as (
    select
        count(*) filter (where not failed.is_set_aside) as failed,
        count(*) filter (where failed.is_set_aside) as aside
    from judged_again
    join taskwho.failed_relations as failed on failed.salesforce_id = judged_again.key
)

select
    (waiting.failed - leaving.failed)::bigint as kept,
    (waiting.aside - leaving.aside)::bigint as kept_aside
from waiting
cross join leaving;
