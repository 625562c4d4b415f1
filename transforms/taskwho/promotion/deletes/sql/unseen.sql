-- What: stored relations that a complete full run did not see: nothing in Salesforce shows them.
-- Grain: one row per relation. Reads: the result, what was classified.
create temporary table unseen on commit drop as
select stored.{key} as key
from {target} as stored
where
    not stored.is_deleted
    and stored.{stamp} < {before}
    and not exists (
        select from {landed} as landed
        where landed.key::{key_type} = stored.{key} and not landed.is_retried
    );
