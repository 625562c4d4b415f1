-- What: the latest bookmark of each stream, in the states that runs have begun from.
-- Grain: one row per stream with a bookmark. Reads: the bookmarks.
-- Another tap may have a stream of the same name. Only the bookmarks of our tap have a window.
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
