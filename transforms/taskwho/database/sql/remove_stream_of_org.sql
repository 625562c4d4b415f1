-- What: the bookmark of one org's stream, removed from every state that holds it.
-- Grain: one row per state id. Reads and writes: the bookmarks.
with found as (
    select
        state_id,
        array['singer_state', 'bookmarks', %(stream)s] as place,
        array['singer_state', 'bookmarks', %(stream)s, 'org_id'] as org
    from taskwho.bookmarks
)

update taskwho.bookmarks as states
set
    completed = completed #- place,
    partial = partial #- place,
    updated_at = now()
from found
where
    found.state_id = states.state_id
    and %(org)s in (left(completed #>> found.org, 15), left(partial #>> found.org, 15))
