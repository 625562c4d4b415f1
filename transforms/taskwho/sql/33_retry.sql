-- What: quarantined records put beside the landed ones, to be judged like them.
-- Grain: one row per record that is tried again. Reads: the quarantine.
insert into {landed} (key, is_retried, {names})
select
    failed.salesforce_id,
    true,
    {values}
from {quarantine} as failed
join {waiting} as waiting on waiting.key = failed.salesforce_id
where waiting.is_tried and {of_stream};
