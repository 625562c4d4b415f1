-- What: the keys of a schema's tables, and its other indexes.
-- Grain: one row per key or index. Reads: the catalog.
select
    conrelid::regclass::text as table_name,
    pg_get_constraintdef(oid) collate "C" as definition
from pg_constraint
where connamespace = %(schema)s::regnamespace and contype in ('p', 'u', 'f')
union all
select
    indrelid::regclass::text,
    regexp_replace(pg_get_indexdef(indexrelid), '.* USING btree ', 'INDEX ')
from pg_index
join pg_class on pg_class.oid = indrelid
where relnamespace = %(schema)s::regnamespace and not indisunique
order by table_name, definition desc
