-- What: parents that waiting rows missed and that their table holds now.
-- Grain: one row per parent. Reads: the missing parents, a parent's table.
select
    missing.parent,
    missing.parent_id
from taskwho.missing_parents as missing
join {parent} as parent on parent.{parent_key} = missing.parent_id::{parent_key_type}
where missing.parent = {parent_stream}
