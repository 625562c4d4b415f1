-- What: the state of one state id; the time of the read is kept, also before the first state, so
-- that post-load can tell a run that uses this bookmark from one that keeps its state elsewhere.
-- Grain: one row. Reads and writes: the bookmarks.
insert into taskwho.bookmarks as bookmark (state_id, read_at)
values (%(state_id)s, now())
on conflict (state_id) do update set read_at = excluded.read_at
returning bookmark.state_id, bookmark.completed, bookmark.partial
