-- What: stored relations that a complete full run did not see: nothing in Salesforce shows them.
-- Grain: one row per relation. Reads: the result, what was judged.
create temporary table unseen on commit drop as
select stored.salesforce_id
from {target} as stored
where
    not stored.is_deleted
    and stored.sf_system_modstamp < {before}
    and not exists (
        select from {landed} as landed
        where landed.key = stored.salesforce_id and not landed.is_retried
    );
