-- What: how many live rows of a stream wait, how many are set aside, and up to when it has been
-- read. Grain: one row.
-- Reads: the counts of the quarantine, its deleted rows (by their index), the keys of what is set
-- aside, the journal.
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
    (
        select count(*)
        from taskwho.set_aside as kept
        where kept.stream = %(stream)s
    ) as set_aside,
    (
        select max(page.window_to)
        from taskwho.batches as page
        where
            page.stream = %(stream)s
            and page.outcome = 'complete'
            and page.mode = any(%(modes)s)
    ) as fresh_until
