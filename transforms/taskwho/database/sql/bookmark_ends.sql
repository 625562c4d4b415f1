-- What: up to when the states that runs have begun from say that each stream was read.
-- Grain: one row per stream with a bookmark. Reads: the bookmarks.
-- A stream of another tap may have the same name. Our tap's bookmark alone has a window beside it.
select
    streams.stream,
    max(entry.bookmark ->> 'replication_key_value' collate "C") as read_until
from unnest(%(streams)s::text[]) as streams (stream)
cross join taskwho.bookmarks as states
cross join unnest(array[states.completed, states.partial]) as parts (state)
cross join
    lateral (
        select parts.state #> array['singer_state', 'bookmarks', streams.stream] as bookmark
    ) as entry
where
    states.read_at is not null
    and entry.bookmark ? 'window'
    and entry.bookmark ->> 'replication_key_value' is not null
group by streams.stream
