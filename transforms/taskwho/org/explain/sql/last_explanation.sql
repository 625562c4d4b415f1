-- What: the explanation of the run before. Grain: one row, none where there is none.
-- Reads: the runs.
select report -> 'explanation' as explanation
from taskwho.runs
where run_id < %(run_id)s and report is not null
order by run_id desc
limit 1
