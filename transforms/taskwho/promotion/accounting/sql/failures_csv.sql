-- What: waiting rows for a spreadsheet: why each waits, since when, and its fields.
-- Grain: one row per key. Reads: the same as failures.sql.
select
    waiting.salesforce_id,
    array_to_string(waiting.reasons, ' ') as reasons,
    waiting.error,
    to_char(waiting.first_failed_at, {second}) as waiting_since,
    waiting.attempts,
    {fields}
from {waiting} as waiting
where waiting.stream = {stream} and not waiting.is_set_aside
