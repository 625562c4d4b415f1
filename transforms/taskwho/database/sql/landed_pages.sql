-- What: the journal of one run of the tap, landed or promoted. Grain: one row per page.
-- Reads: the journal.
select
    run_id::text as run_id,
    stream::text as stream,
    batch::text::bigint as batch,
    mode::text as mode,
    window_from::text::timestamptz as window_from,
    window_to::text::timestamptz as window_to,
    after_id::text as after_id,
    first_id::text as first_id,
    last_id::text as last_id,
    endpoint::text as endpoint,
    resumed::text::boolean as resumed,
    org_id::text as org_id,
    records::text::bigint as records,
    attempts::text::bigint as attempts,
    duration_ms::text::bigint as duration_ms,
    api_used::text::bigint as api_used,
    api_max::text::bigint as api_max,
    fetched_at::text::timestamptz as fetched_at,
    counted::text::bigint as counted,
    outcome::text as outcome,
    bookmark::text::timestamptz as bookmark
from taskwho.sync_batches
where run_id::text = %(run_id)s
union all
select
    run_id,
    stream,
    batch,
    mode,
    window_from,
    window_to,
    after_id,
    first_id,
    last_id,
    endpoint,
    resumed,
    org_id,
    records,
    attempts,
    duration_ms,
    api_used,
    api_max,
    fetched_at,
    counted,
    outcome,
    bookmark
from taskwho.batches
where run_id = %(run_id)s
order by batch
