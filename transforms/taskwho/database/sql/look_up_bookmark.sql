-- What: the state of one state id, looked up by a person. Grain: one row.
-- Reads: the bookmarks.
select
    state_id,
    completed,
    partial
from taskwho.bookmarks
where state_id = %(state_id)s
