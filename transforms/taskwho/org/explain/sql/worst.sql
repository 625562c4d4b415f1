-- What: of each parent's stream the missing Ids that most rows wait for.
-- Grain: one row per parent, so many of each stream. Reads: the causes.
select
    parent,
    parent_id as id,
    relations,
    cause,
    merged_into,
    asked_at
from (
    select
        *,
        row_number() over (
            partition by parent order by relations desc, parent_id collate "C"
        ) as place
    from missing_causes
) as placed
where place <= %(most)s
order by relations desc, parent, parent_id collate "C"
