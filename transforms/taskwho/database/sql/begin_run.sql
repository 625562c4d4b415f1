-- What: a new run; its report has to be written after the commit.
-- Grain: one row. Reads: nothing.
insert into taskwho.runs (run_ids, started_at, status, report_status)
values ('{}', %(started_at)s, 'running', 'pending')
returning run_id
