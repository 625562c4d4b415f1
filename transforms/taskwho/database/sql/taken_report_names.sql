-- What: how many reports have a name that begins so.
-- Grain: one row. Reads: taskwho.runs.
select count(*) as taken
from taskwho.runs
where starts_with(report_name, %(name)s)
