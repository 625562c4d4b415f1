-- What: gives a role what others own in schema taskwho: a migration needs that. Landing tables may
-- belong to the role of the loader.
-- Grain: one row per object: a statement. Reads: the catalog.
select format('alter table %%s owner to %%I;', class.oid::regclass, %(role)s::text) as statement
from pg_catalog.pg_class as class
where
    class.relnamespace = to_regnamespace('taskwho')
    and class.relkind in ('r', 'p', 'v', 'S')
    and class.relname <> all(%(streams)s)
    and not pg_has_role(class.relowner, 'usage')
    -- the sequence of an identity column belongs to whom its table belongs
    and not exists (
        select from pg_catalog.pg_depend as depend
        where depend.objid = class.oid and depend.deptype = 'i' and class.relkind = 'S'
    )
union all
select format('alter routine %%s owner to %%I;', routine.oid::regprocedure, %(role)s::text)
from pg_catalog.pg_proc as routine
where
    routine.pronamespace = to_regnamespace('taskwho')
    and not pg_has_role(routine.proowner, 'usage')
order by statement
