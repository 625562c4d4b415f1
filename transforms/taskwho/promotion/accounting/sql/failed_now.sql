-- What: whether a waiting row has landed in this run. Grain: one row, none where it has not.
-- Reads: the kept rows, a waiting row.
select
from {kept} as classified
where
    classified.key = waiting.salesforce_id
    and not classified.is_retried
    and classified.outcome in ('failed', 'suppressed')
