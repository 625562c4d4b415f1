-- What: everything of schema taskwho but its rows. The order of columns is no part of it.
-- Grain: one row per object or part of one: its kind, its name, how it is defined.
with relations as (
    select *
    from pg_class
    where relnamespace = 'taskwho'::regnamespace
),

routines as (
    select *
    from pg_proc
    where pronamespace = 'taskwho'::regnamespace
)

select
    'relation' as kind,
    oid::regclass::text as name,
    concat_ws(
        ' | ', relkind, relpersistence, relacl, reloptions, relrowsecurity, relforcerowsecurity,
        obj_description(oid, 'pg_class')
    ) as definition
from relations
union all
select
    'column',
    concat(relations.oid::regclass, '.', attribute.attname),
    concat_ws(
        ' | ', format_type(attribute.atttypid, attribute.atttypmod), attribute.attnotnull,
        attribute.attidentity, attribute.attgenerated, attribute.attcollation::regcollation,
        attribute.attacl, pg_get_expr(defaults.adbin, defaults.adrelid),
        col_description(relations.oid, attribute.attnum)
    )
from relations
join pg_attribute as attribute on attribute.attrelid = relations.oid
left join pg_attrdef as defaults
    on defaults.adrelid = relations.oid and defaults.adnum = attribute.attnum
where relations.relkind <> 'i' and attribute.attnum > 0 and not attribute.attisdropped
union all
select
    'index',
    indexrelid::regclass::text,
    pg_get_indexdef(indexrelid)
from pg_index
join relations on relations.oid = pg_index.indrelid
union all
select
    'constraint',
    concat(conrelid::regclass, '.', conname),
    concat_ws(' | ', convalidated, pg_get_constraintdef(pg_constraint.oid))
from pg_constraint
join relations on relations.oid = pg_constraint.conrelid
union all
select
    'trigger',
    concat(tgrelid::regclass, '.', tgname),
    pg_get_triggerdef(pg_trigger.oid)
from pg_trigger
join relations on relations.oid = pg_trigger.tgrelid
where not tgisinternal
union all
select
    'view',
    oid::regclass::text,
    pg_get_viewdef(oid)
from relations
where relkind in ('v', 'm')
union all
select
    'routine',
    oid::regprocedure::text,
    concat_ws(' | ', proacl, obj_description(oid, 'pg_proc'), pg_get_functiondef(oid))
from routines
order by kind, name
