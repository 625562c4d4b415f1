-- What: removes the runs that ended so many days ago, whose report is written and no page of which
-- is kept. The last run that knew the state of the result stays.
-- Grain: one row per run. Reads: the runs, the journal.
with known as (
    select run_id
    from taskwho.runs
    where report #>> '{totals,in_table}' is not null
    order by run_id desc
    limit 1
),

old as (
    select run_id
    from taskwho.runs as run
    where
        finished_at < now() - make_interval(days => %(days)s)
        and report_status = 'published'
        and not exists (select from taskwho.batches as page where page.promoted_by = run.run_id)
        and not exists (select from known where known.run_id = run.run_id)
    for update skip locked
)

delete from taskwho.runs as run
using old
where run.run_id = old.run_id
