-- What: marks all pages of a stream as void: its table has lost the rows.
-- Grain: one row per page. Reads and writes: the journal.
update taskwho.batches
set is_void = true
where stream = %(stream)s and not is_void
