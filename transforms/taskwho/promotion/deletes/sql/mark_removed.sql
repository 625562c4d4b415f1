-- What: removed relations are deleted ones. Grain: one row per relation.
-- Reads: those still live. Writes: the result.
update {target} as stored
set {gone}
from ({still_live}) as removed
where removed.key = stored.{key};
