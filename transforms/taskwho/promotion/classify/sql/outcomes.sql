-- What: how many rows came to which outcome, for which reasons. Reads: classified rows.
-- Grain: one row per outcome and reasons, landed and retried ones apart.
select
    is_retried,
    outcome,
    reasons,
    count(*) as rows,
    coalesce(
        sum(live_change) filter (where outcome in ('inserted', 'updated', 'deleted')), 0
    ) as live_change
from {rows}
group by is_retried, outcome, reasons
