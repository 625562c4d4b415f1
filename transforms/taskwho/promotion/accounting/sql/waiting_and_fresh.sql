-- What: how many live rows of a stream wait, and up to when it has been read: by the org's clock,
-- and by that of the machine that read it. Grain: one row.
-- Reads: the counts of the quarantine, its deleted rows (by their index), the journal.
with last_window as (
    select
        page.window_to,
        page.fetched_at,
        page.org_time
    from taskwho.batches as page
    where
        page.stream = %(stream)s
        and page.outcome = 'complete'
        and page.mode = any(%(modes)s)
        and not page.is_void
    order by page.window_to desc nulls last, page.batch_id desc
    limit 1
)

select
    (
        select coalesce(sum(counted.waiting), 0)::bigint
        from taskwho.waiting_counts as counted
        where counted.stream = %(stream)s and not counted.is_set_aside
    )
    - (
        select count(*)
        from taskwho.quarantine as waiting
        where
            waiting.stream = %(stream)s
            and not waiting.is_set_aside
            and lower(waiting.record ->> 'IsDeleted') in ('true', 't')
    ) as waiting,
    (select last_window.window_to from last_window) as fresh_until,
    (
        select last_window.fetched_at - (last_window.org_time - last_window.window_to)
        from last_window
    ) as fresh_until_here
