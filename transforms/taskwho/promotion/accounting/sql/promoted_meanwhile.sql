-- What: how many other promotions have ended since the tap fetched the first page of a stream. Such
-- a promotion may have taken the rows of a page before the page's entry in the journal landed.
-- Grain: one row. Reads: the runs, the journal of this run.
with first_page as (
    select min(fetched_at) as fetched_at
    from taskwho.batches
    where promoted_by = {run} and stream = {stream}
)

select count(*)
from taskwho.runs
cross join first_page
where
    runs.run_id <> {run}
    and runs.status <> 'loaded'  -- such a run promotes nothing
    -- a second, since the clocks may be those of two machines
    and runs.finished_at + interval '1 second' >= first_page.fetched_at
