-- What: removes the pages of runs that ended so many days ago.
-- Grain: one row per page. Reads: the runs, the journal.
-- The complete windows that begin first and end last stay: they tell from where and up to when a
-- stream has been read. So does each stream's last page: the next run may go on after it.
with old as (
    select
        page.batch_id,
        page.stream,
        page.mode,
        page.window_from,
        page.window_to,
        page.last_id is not null as has_rows,
        coalesce(page.outcome = 'complete', false) and not page.is_void as is_complete
    from taskwho.batches as page
    join taskwho.runs as run on run.run_id = page.promoted_by
    where run.finished_at < now() - make_interval(days => %(days)s)
),

ranked as (
    select
        batch_id,
        is_complete,
        has_rows,
        row_number() over (
            partition by stream, mode, is_complete order by window_from nulls first, batch_id
        ) as from_the_first,
        row_number() over (
            partition by stream, mode, is_complete order by window_to desc nulls last, batch_id desc
        ) as from_the_last,
        row_number() over (partition by stream, has_rows order by batch_id desc) as page_from_last
    from old
)

delete from taskwho.batches as page
using ranked
where
    page.batch_id = ranked.batch_id
    and not (ranked.is_complete and 1 in (ranked.from_the_first, ranked.from_the_last))
    and not (ranked.has_rows and ranked.page_from_last = 1)
