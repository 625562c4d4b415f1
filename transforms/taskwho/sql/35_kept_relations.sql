-- What: how many quarantined relations neither landed again nor are tried; set aside ones apart.
-- Grain: one row. Reads: the quarantine, what has landed, what is tried.
select
    count(*) filter (where not failed.is_set_aside) as kept,
    count(*) filter (where failed.is_set_aside) as kept_aside
from taskwho.failed_relations as failed
where
    not exists (
        select from inbox_task_who_relations as landed where landed.key = failed.salesforce_id
    )
    and not exists (
        select from waiting_task_who_relations as waiting where waiting.key = failed.salesforce_id
    );
