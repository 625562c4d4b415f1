-- What: how many rows came to which outcome, for which reasons. Reads: the classified rows.
-- Grain: one row per outcome and reasons, landed and retried ones apart.
select
    is_retried,
    outcome,
    reasons,
    count(*) as rows
from {classified}
group by is_retried, outcome, reasons
