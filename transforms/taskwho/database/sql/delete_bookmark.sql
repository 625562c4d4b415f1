-- What: a state, forgotten. Grain: one row per state id.
-- Reads: nothing. Writes: the bookmarks.
delete from taskwho.bookmarks where state_id = %(state_id)s
