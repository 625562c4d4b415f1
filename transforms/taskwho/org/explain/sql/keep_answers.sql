-- What: an answer of Salesforce; a newer one replaces an older one.
-- Grain: one row per parent. Reads: nothing.
insert into taskwho.missing_answers (
    parent, parent_id, found, merged_into, created_at, asked_at
)
values (
    %(parent)s, %(parent_id)s, %(found)s, %(merged_into)s, %(created_at)s, now()
)
on conflict (parent, parent_id) do update
    set
        found = excluded.found,
        merged_into = excluded.merged_into,
        created_at = excluded.created_at,
        asked_at = excluded.asked_at
