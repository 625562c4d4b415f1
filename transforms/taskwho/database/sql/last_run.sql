-- What: the run before a run, as far as a report compares with it.
-- Grain: one row, none for the first run. Reads: the runs.
select
    said.finished_at,
    said.status,
    said.exit_code,
    said.health,
    said.failing_since,
    coalesce((said.totals ->> 'waiting')::bigint, 0) as waiting,
    said.totals ->> 'fresh_until' as fresh_until,
    (said.api ->> 'used')::bigint as api_used,
    (said.api ->> 'max')::bigint as api_max
from (
    select report
    from taskwho.runs
    where report is not null and run_id < %(run_id)s
    order by run_id desc
    limit 1
) as before
cross join
    lateral jsonb_to_record(before.report) as said (
        finished_at text,
        status text,
        exit_code integer,
        health double precision,
        failing_since text,
        totals jsonb,
        api jsonb
    )
