-- What: marks all pages of a run as void: its rows were discarded.
-- Grain: one row per page. Reads and writes: the journal.
update taskwho.batches set is_void = true where promoted_by = %(run_id)s
