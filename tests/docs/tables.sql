-- What: the tables and views of a schema with their columns, as the page of tables shows them.
-- Grain: one row per column. Reads: the catalog.
select
    class.relname as table_name,
    obj_description(class.oid, 'pg_class') as table_comment,
    attribute.attname as name,
    concat(
        format_type(attribute.atttypid, attribute.atttypmod),
        case when attribute.attnotnull then ' not null' end
    ) as type,
    col_description(class.oid, attribute.attnum) as comment
from pg_class as class
join pg_attribute as attribute on attribute.attrelid = class.oid
where
    class.relnamespace = %(schema)s::regnamespace
    and class.relkind in ('r', 'p', 'v')
    and attribute.attnum > 0
    and not attribute.attisdropped
order by table_name, attribute.attnum
