-- What: both parts of a state, kept. Grain: one row per state id.
-- Reads: nothing. Writes: the bookmarks.
insert into taskwho.bookmarks (state_id, completed, partial, updated_at)
values (%(state_id)s, %(completed)s, %(partial)s, now())
on conflict (state_id) do update
    set
        completed = excluded.completed,
        partial = excluded.partial,
        updated_at = excluded.updated_at
