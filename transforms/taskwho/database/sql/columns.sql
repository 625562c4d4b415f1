-- What: the columns of one table or view.
-- Grain: one row per column, in the table's order.
-- Reads: the catalog. Changes nothing.
select
    attribute.attname as name,
    type.typname as type_name,
    type.typcategory::text as category,
    case
        when type.typname in ('varchar', 'bpchar') and attribute.atttypmod > 4
            then attribute.atttypmod - 4
    end as max_length,
    attribute.attnotnull as not_null,
    attribute.atthasdef or attribute.attidentity <> '' as fills_itself
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as class on class.oid = attribute.attrelid
join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
join pg_catalog.pg_type as type on type.oid = attribute.atttypid
where
    namespace.nspname = %(schema)s
    and class.relname = %(name)s
    and class.relkind in ('r', 'p', 'v', 'm', 'f')
    and attribute.attnum > 0
    and not attribute.attisdropped
order by attribute.attnum
