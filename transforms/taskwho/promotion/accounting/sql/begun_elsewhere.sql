-- What: windows that a run went on with, though the rows before are not in this database.
-- Grain: one row per page that went on. Reads: the journal.
-- A page goes on after the last Id of the page before it. A promotion may make the first pages of a
-- run void while the run goes on.
with void_part as (
    select distinct
        run_id,
        stream,
        window_from,
        window_to
    from taskwho.batches
    where is_void and promoted_by < {run}
)

select
    page.stream,
    page.window_from,
    page.window_to,
    page.after_id
from taskwho.batches as page
where
    page.promoted_by = {run}
    and page.after_id is not null
    and (
        exists (
            select
            from void_part as earlier
            where
                earlier.run_id = page.run_id
                and earlier.stream = page.stream
                and earlier.window_from is not distinct from page.window_from
                and earlier.window_to is not distinct from page.window_to
        )
        or page.resumed
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
    )
