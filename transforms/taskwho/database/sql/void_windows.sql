-- What: marks what was read of a stream whose table has lost its rows since.
-- Grain: one row per page. Reads and writes: the journal.
update taskwho.batches
set is_void = true
where stream = %(stream)s and not is_void
