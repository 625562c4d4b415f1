-- What: answers about parents that no row misses any more. Grain: one row per parent.
-- Reads: the missing parents.
delete from taskwho.missing_answers as answers
where
    not exists (
        select from taskwho.missing_parents as missing
        where missing.parent = answers.parent and missing.parent_id = answers.parent_id
    )
