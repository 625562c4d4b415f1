-- What: relations that no query shows any more are deleted ones.
-- Grain: one row per unseen relation. Reads: unseen. Writes: the result.
update {target} as stored
set {gone}
from unseen
where unseen.salesforce_id = stored.salesforce_id;
