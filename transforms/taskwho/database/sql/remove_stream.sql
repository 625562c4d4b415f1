-- What: the bookmark of a stream, removed from every state. Grain: one row per state id.
-- Reads and writes: the bookmarks.
update taskwho.bookmarks
set
    completed = completed #- array['singer_state', 'bookmarks', %(stream)s],
    partial = partial #- array['singer_state', 'bookmarks', %(stream)s],
    updated_at = now()
where
    completed #> array['singer_state', 'bookmarks', %(stream)s] is not null
    or partial #> array['singer_state', 'bookmarks', %(stream)s] is not null
