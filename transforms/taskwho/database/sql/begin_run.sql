-- What: a new run; its report has to be written after it has ended.
-- Grain: one row. Reads: nothing.
insert into taskwho.runs (run_ids, started_at, status, report_status)
values (%(run_ids)s, %(started_at)s, 'running', 'pending')
returning
    run_id,
    started_at
