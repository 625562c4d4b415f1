-- What: whether the schema taskwho is there, with versions; whether this role may make it, and
-- write to all tables that are in it.
-- Grain: one row. Reads: the catalog.
select
    to_regnamespace('taskwho') is not null as is_there,
    to_regclass('taskwho.schema_version') is not null as has_versions,
    has_database_privilege(current_database(), 'create') as may_create,
    coalesce(
        bool_and(
            has_table_privilege(class.oid, 'select')
            and has_table_privilege(class.oid, 'insert')
            and has_table_privilege(class.oid, 'update')
            and has_table_privilege(class.oid, 'delete')
        ),
        true
    ) as may_write
from (select to_regnamespace('taskwho')::oid as id) as schema
left join pg_catalog.pg_class as class
    on class.relnamespace = schema.id
    and class.relkind in ('r', 'p')
    and class.relname <> 'schema_version'
