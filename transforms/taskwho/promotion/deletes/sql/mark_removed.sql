-- What: marks removed relations as deleted. Grain: one row per relation.
-- Reads: those still live. Writes: the result.
update {target} as stored
set {marked_deleted}
from ({still_live}) as removed
where removed.key::{key_type} = stored.{key};
