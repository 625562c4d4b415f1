-- What: no run has begun from a state since this promotion. Grain: one row per state id.
-- Reads and writes: the bookmarks.
update taskwho.bookmarks set read_at = null where read_at is not null
