-- What: the report of a run; of the last run that has one where no run is named.
-- Grain: one row, none where there is no such report. Reads: the runs.
select report
from taskwho.runs
where report is not null and (%(run_id)s::bigint is null or run_id = %(run_id)s)
order by run_id desc
limit 1
