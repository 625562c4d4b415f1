-- What: how many relations or parent records came to what end.
-- Grain: one row per outcome, landed and retried apart. Reads: the judged rows.
select
    is_retried,
    outcome,
    count(*) as rows
from {judged}
group by is_retried, outcome;
