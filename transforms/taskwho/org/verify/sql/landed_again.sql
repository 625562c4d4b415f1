-- What: the differences that the org has a record of, as records land.
-- Grain: one row per relation. Reads: the differences.
copy (
    select {values}
    from differences
    where record is not null
    order by id
) to stdout
