-- What: the run that is open: that of a tap's run, or the last one that a `prepare` began.
-- Grain: one row, none where no such run is open. Reads: the runs.
select
    run_id,
    started_at
from taskwho.runs
where finished_at is null and run_ids = %(run_ids)s
order by run_id desc
limit 1
