-- What: the explanation of the run before a run, or of the last one.
-- Grain: one row, none where there is none. Reads: the runs.
select report -> 'explanation' as explanation
from taskwho.runs
where run_id < coalesce(%(run_id)s, 9223372036854775807) and report is not null
order by run_id desc
limit 1
