-- What: windows that a run resumed, though the rows before are not in this database.
-- Grain: one row per page that went on. Reads: the journal.
-- A page goes on after the last Id of the page before it.
select
    page.stream,
    page.window_from,
    page.window_to,
    page.after_id
from taskwho.batches as page
where
    page.promoted_by = {run}
    and page.resumed
    and page.after_id is not null
    and not exists (
        select
        from taskwho.batches as earlier
        where
            earlier.stream = page.stream
            and earlier.window_from is not distinct from page.window_from
            and earlier.window_to is not distinct from page.window_to
            and earlier.last_id = page.after_id
            and not earlier.is_void
    )
