-- What: a column of times whose newest value is found without reading a large table: it leads an
-- index, or the table is small.
-- Grain: one row, none where there is no such column. Reads: the catalog.
select attribute.attname as column_name
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as class on class.oid = attribute.attrelid
where
    class.oid = to_regclass(format('%%I.%%I', %(schema)s::text, %(name)s::text))
    and class.relkind in ('r', 'p', 'm')
    and attribute.attname = any(%(columns)s)
    and attribute.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype)
    and not attribute.attisdropped
    and has_column_privilege(class.oid, attribute.attnum, 'select')
    and (
        (class.relkind <> 'p' and pg_catalog.pg_relation_size(class.oid) <= %(small)s)
        or exists (
            select from pg_catalog.pg_index as index
            where
                index.indrelid = class.oid
                and index.indkey[0] = attribute.attnum
                and index.indisvalid
                and index.indpred is null
        )
    )
order by array_position(%(columns)s::text[], attribute.attname::text)
limit 1
