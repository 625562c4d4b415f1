-- What: the result of a run. Its counts and windows stand in columns too, for queries.
-- Grain: one row. Reads: nothing.
update taskwho.runs
set
    run_ids = %(run_ids)s,
    finished_at = %(finished_at)s,
    status = %(status)s,
    mode = %(mode)s,
    windows = %(windows)s,
    counts = %(counts)s,
    api_calls = %(api_calls)s,
    report_name = %(report_name)s,
    report = %(report)s
where run_id = %(run_id)s
