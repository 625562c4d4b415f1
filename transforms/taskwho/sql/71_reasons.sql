-- What: how many landed relations failed for which reason; one can have several.
-- Grain: one row per reason, and foreign_key for the relations that lack any parent.
-- Reads: the judged rows.
select
    reason,
    count(*) as rows
from (
    select unnest(
        reasons
        || case when 'missing_task' = any(reasons) or 'missing_contact' = any(reasons)
            or 'missing_user' = any(reasons) then array['foreign_key'] else array[]::text[] end
    ) as reason
    from {judged}
    where outcome in ('failed', 'suppressed') and not is_retried
) as told
group by reason
order by reason;
