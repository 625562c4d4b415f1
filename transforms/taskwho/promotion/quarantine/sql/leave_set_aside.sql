-- What: removes rows that belong in a table now, or are deleted. Grain: one row per key.
-- Reads: the classified rows. Writes: the rows that are set aside.
delete from taskwho.set_aside as kept
using {classified} as classified
where
    kept.stream = {stream}
    and kept.salesforce_id = classified.key
    -- an older version changes nothing
    and (classified.outcome <> 'unchanged' or classified.is_equal)
    and (classified.aside is null or classified.is_deleted);
