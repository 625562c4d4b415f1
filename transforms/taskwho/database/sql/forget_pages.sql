-- What: removes the pages of runs that ended so many days ago.
-- Grain: one row per page. Reads: the runs, the journal.
-- The complete windows that begin first and end last stay: they tell from where and up to when a
-- stream has been read.
with old as (
    select
        page.batch_id,
        page.stream,
        page.mode,
        page.window_from,
        page.window_to,
        coalesce(page.outcome = 'complete', false) and not page.is_void as is_complete
    from taskwho.batches as page
    join taskwho.runs as run on run.run_id = page.promoted_by
    where run.finished_at < now() - make_interval(days => %(days)s)
),

ranked as (
    select
        batch_id,
        is_complete,
        row_number() over (
            partition by stream, mode, is_complete order by window_from nulls first, batch_id
        ) as from_the_first,
        row_number() over (
            partition by stream, mode, is_complete order by window_to desc nulls last, batch_id desc
        ) as from_the_last
    from old
)

delete from taskwho.batches as page
using ranked
where
    page.batch_id = ranked.batch_id
    and not (ranked.is_complete and 1 in (ranked.from_the_first, ranked.from_the_last))
