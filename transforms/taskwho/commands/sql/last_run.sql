-- What: how the last run ended.
-- Grain: one row, none before the first run. Reads: the runs.
select
    run_id,
    finished_at,
    status,
    report ->> 'error' as error
from taskwho.runs
where finished_at is not null
order by run_id desc
limit 1
