-- What: the columns of one table or view, a domain as the type below it.
-- Grain: one row per column, in the table's order.
-- Reads: the catalog. Changes nothing.
with recursive types as (
    select
        attribute.attrelid,
        attribute.attnum,
        attribute.atttypid as type_id,
        attribute.atttypmod as modifier,
        attribute.attnotnull as not_null
    from pg_catalog.pg_attribute as attribute
    join pg_catalog.pg_class as class on class.oid = attribute.attrelid
    join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
    where
        namespace.nspname = %(schema)s
        and class.relname = %(name)s
        and class.relkind in ('r', 'p', 'v', 'm', 'f')
        and attribute.attnum > 0
        and not attribute.attisdropped
    union all
    select
        types.attrelid,
        types.attnum,
        domain.typbasetype,
        case when domain.typtypmod = -1 then types.modifier else domain.typtypmod end,
        types.not_null or domain.typnotnull
    from types
    join pg_catalog.pg_type as domain on domain.oid = types.type_id and domain.typtype = 'd'
)

select
    attribute.attname as name,
    namespace.nspname as type_schema,
    type.typname as type_name,
    type.typcategory::text as category,
    case
        when type.typname in ('varchar', 'bpchar') and types.modifier > 4 then types.modifier - 4
    end as max_length,
    types.not_null,
    (
        attribute.atthasdef or attribute.attidentity <> '' or own.typdefaultbin is not null
    ) as fills_itself,
    format_type(attribute.atttypid, attribute.atttypmod) as shown_type,
    attribute.attgenerated <> '' or attribute.attidentity = 'a' as is_generated,
    has_column_privilege(attribute.attrelid, attribute.attnum, 'select') as may_select,
    has_column_privilege(attribute.attrelid, attribute.attnum, 'insert') as may_insert,
    has_column_privilege(attribute.attrelid, attribute.attnum, 'update') as may_update,
    exists(
        select from pg_catalog.pg_index as unique_index
        where
            unique_index.indrelid = attribute.attrelid
            and unique_index.indisunique
            and unique_index.indimmediate
            and unique_index.indisvalid
            and unique_index.indnkeyatts = 1
            and unique_index.indpred is null
            and unique_index.indkey[0] = attribute.attnum
    ) as is_unique
from types
join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = types.attrelid and attribute.attnum = types.attnum
join pg_catalog.pg_type as own on own.oid = attribute.atttypid
join pg_catalog.pg_type as type on type.oid = types.type_id and type.typtype <> 'd'
join pg_catalog.pg_namespace as namespace on namespace.oid = type.typnamespace
order by attribute.attnum
