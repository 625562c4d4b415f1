-- What: the streams whose completed window no state holds, though a run began from one.
-- Grain: one row per stream. Reads: the bookmarks.
-- The tap writes a bookmark in UTC by whole seconds, so that its text sorts as its time does.
-- `known` are the bookmarks that the runs began from and the ends of their windows. A state that a
-- run began from and that has another time is that of a run beside them, which wrote it last.
with windows as (
    select
        stream,
        window_end,
        known
    from jsonb_to_recordset(%(windows)s::jsonb) as listed (
        stream text, window_end text, known text[]
    )
),

entries as (
    select
        windows.stream,
        windows.window_end,
        windows.known,
        bookmarks.read_at is not null as is_read,
        state #> array['singer_state', 'bookmarks', windows.stream] as entry
    from windows
    cross join taskwho.bookmarks as bookmarks
    cross join unnest(array[bookmarks.completed, bookmarks.partial]) as state
),

times as (
    select
        stream,
        window_end,
        is_read,
        entry ->> 'replication_key_value' as bookmark,
        coalesce(entry #>> '{window,to}', entry ->> 'replication_key_value') <> all(known)
            as is_another_runs
    from entries
)

select stream
from times
group by stream
having
    bool_or(is_read)
    and bool_or(
        coalesce(bookmark >= window_end collate "C", false)
        or (is_read and coalesce(is_another_runs, false))
    ) is not true
order by stream
