-- What: the state of the result after the last run that knew it.
-- Grain: one row, none where no run did. Reads: the runs.
select report -> 'totals' as totals
from taskwho.runs
where report #>> '{totals,in_table}' is not null
order by run_id desc
limit 1
