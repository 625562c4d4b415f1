-- What: the report of a run is written.
-- Grain: one row. Reads: nothing.
update taskwho.runs
set
    report_status = 'published',
    report_path = %(path)s
where run_id = %(run_id)s
