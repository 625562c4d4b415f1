-- What: how many relations or parent records came to what end, for which reasons.
-- Grain: one row per outcome and reasons, landed and retried apart. Reads: the judged rows.
select
    is_retried,
    outcome,
    reasons,
    count(*) as rows
from {judged}
group by is_retried, outcome, reasons;
