-- What: open runs that nobody works on. A run of `taskwho sync` holds a lock of its name while it
-- lives; of those that a `prepare` began, the ones before a number are dead.
-- Grain: one row per run. Reads: the runs.
select
    run_id,
    started_at,
    run_ids
from taskwho.runs
where
    finished_at is null
    and case run_ids
        when '{}' then run_id < %(before)s
        else pg_try_advisory_xact_lock(hashtextextended('taskwho ' || run_ids[1], 0))
    end
order by run_id
for update skip locked
