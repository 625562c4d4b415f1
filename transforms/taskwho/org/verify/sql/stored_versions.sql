-- What: what the table holds of some relations. Grain: one row per relation. Reads: the result.
select
    {key}::text as id,
    {is_live} as is_live,
    {columns}
from {target} as stored
where {key} = any(%(ids)s::{key_types})
