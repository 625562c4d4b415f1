-- What: how many waiting rows neither landed again nor are tried again; those set aside apart.
-- Grain: one row. Reads: the counts of the quarantine, what has landed, the candidates.
with waiting as (
    select
        coalesce(sum(waiting) filter (where not is_set_aside), 0) as failed,
        coalesce(sum(waiting) filter (where is_set_aside), 0) as aside
    from taskwho.waiting_counts
    where stream = {stream}
),

classified_again as (
    select key from {inbox}
    union all
    select key from {candidates}
),

leaving as (
    select
        count(*) filter (where not waiting.is_set_aside) as failed,
        count(*) filter (where waiting.is_set_aside) as aside
    from classified_again
    join taskwho.quarantine as waiting
        on waiting.stream = {stream} and waiting.salesforce_id = classified_again.key
)

select
    (waiting.failed - leaving.failed)::bigint as kept,
    (waiting.aside - leaving.aside)::bigint as kept_aside
from waiting
cross join leaving;
