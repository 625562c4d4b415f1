-- What: results whose reports are not written yet, the oldest first.
-- Grain: one row per run. Reads: taskwho.runs.
select report
from taskwho.runs
where report_status = 'pending' and report is not null
order by run_id
