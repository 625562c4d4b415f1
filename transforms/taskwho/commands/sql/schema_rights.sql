-- What: whether a schema is there, and whether this role may make tables in it.
-- Grain: one row. Reads: the catalog.
select
    schema.id is not null as is_there,
    coalesce(has_schema_privilege(schema.id, 'create'), false) as may_create
from (select to_regnamespace(quote_ident(%(schema)s))::oid as id) as schema
