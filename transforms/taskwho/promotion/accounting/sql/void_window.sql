-- What: marks a window that a run read from a state of elsewhere.
-- Grain: one row per page. Reads and writes: the journal.
update taskwho.batches
set is_void = true
where
    promoted_by = %(promoted_by)s
    and stream = %(stream)s
    and window_from is not distinct from %(window_from)s::timestamptz
    and window_to is not distinct from %(window_to)s::timestamptz
