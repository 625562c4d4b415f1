-- What: answers of Salesforce; a newer one replaces an older one.
-- Grain: one row per parent. Reads: the answers, a list for each column.
insert into taskwho.missing_answers (
    parent, parent_id, found, merged_into, created_at, asked_at
)
select
    answer.parent,
    answer.parent_id,
    answer.found,
    answer.merged_into,
    answer.created_at,
    now() as asked_at
from
    unnest(
        %(parent)s::text[],
        %(parent_id)s::text[],
        %(found)s::text[],
        %(merged_into)s::text[],
        %(created_at)s::timestamptz[]
    ) as answer (parent, parent_id, found, merged_into, created_at)
on conflict (parent, parent_id) do update
    set
        found = excluded.found,
        merged_into = excluded.merged_into,
        created_at = excluded.created_at,
        asked_at = excluded.asked_at
