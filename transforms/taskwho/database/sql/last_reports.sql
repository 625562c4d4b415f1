-- What: the results of the last runs, and where their reports are. Grain: one row per run.
-- Reads: the runs.
select
    report,
    report_path
from taskwho.runs
where report is not null
order by run_id desc
limit %(limit)s
