-- What: the columns of the landing tables that this role owns: who owns a table may comment on it.
-- Grain: one row per column. Reads: the catalog.
select
    class.relname as stream,
    array_agg(attribute.attname::text) as columns
from pg_catalog.pg_class as class
join pg_catalog.pg_attribute as attribute on attribute.attrelid = class.oid
where
    class.relnamespace = to_regnamespace('taskwho')
    and class.relname = any(%(streams)s)
    and pg_has_role(class.relowner, 'usage')
    and attribute.attnum > 0
    and not attribute.attisdropped
group by class.relname
