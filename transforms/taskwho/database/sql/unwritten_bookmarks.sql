-- What: the streams whose completed window no state holds, though a run began from one.
-- Grain: one row per stream. Reads: the bookmarks.
-- The tap writes a bookmark in UTC by whole seconds, so that its text sorts as its time does.
with windows as (
    select
        stream,
        to_char(window_end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as window_end
    from unnest(%(streams)s::text[], %(ends)s::timestamptz[]) as listed (stream, window_end)
),

states as (
    select completed as state
    from taskwho.bookmarks
    union all
    select partial
    from taskwho.bookmarks
)

select windows.stream
from windows
where
    exists (select from taskwho.bookmarks where read_at is not null)
    and not exists (
        select
        from states
        where
            states.state
            #>> array['singer_state', 'bookmarks', windows.stream, 'replication_key_value']
            >= windows.window_end collate "C"
    )
order by windows.stream
