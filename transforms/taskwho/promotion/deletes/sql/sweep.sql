-- What: marks relations as deleted that no query shows any more.
-- Grain: one row per unseen relation. Reads: unseen. Writes: the result.
update {target} as stored
set {marked_deleted}
from unseen
where unseen.key = stored.{key};
