-- What: marks what a run read from a bookmark that this database had not reached.
-- Grain: one row per page. Reads and writes: the journal.
update taskwho.batches
set is_void = true
where
    promoted_by = %(promoted_by)s
    and stream = %(stream)s
    and coalesce(run_id, '') = %(run_id)s
    and bookmark = %(bookmark)s::timestamptz
