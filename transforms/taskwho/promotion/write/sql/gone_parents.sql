-- What: rows whose parent went while the promotion ran miss it, like any other.
-- Grain: one row per refused key. Reads: the refused rows, the foreign keys of the user's table.
with broken as (
    select
        refused.key,
        attribute.attname::text as column_name
    from {refused} as refused
    join pg_catalog.pg_constraint as foreign_key
        on foreign_key.conname = refused.constraint_name
        and foreign_key.conrelid = {target_name}::regclass
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = foreign_key.conrelid
        and attribute.attnum = foreign_key.conkey[1]
    where refused.sqlstate = '23503' and cardinality(foreign_key.conkey) = 1
),

lost as (
    select distinct
        broken.key,
        reference.field,
        to_jsonb(classified) ->> broken.column_name as id
    from broken
    join (values {references}) as reference (column_name, field)
        on reference.column_name = broken.column_name
    join {classified} as classified on classified.key = broken.key
),

explained as (
    select
        lost.key,
        lost.field,
        lost.id,
        {reason} as reason
    from lost
)

update {classified} as classified
set
    reasons = array[explained.reason],
    error = explained.reason || ': ' || explained.id || ' went away while this run wrote',
    missing = jsonb_build_object(explained.field, explained.id)
from explained
where explained.key = classified.key and explained.id is not null;
