-- What: the sequences of `serial` columns; those of identity columns need no right of their own.
-- Grain: one row per sequence. Reads: the catalog.
select sequence.relname as name
from pg_catalog.pg_depend as owned
join pg_catalog.pg_class as sequence on sequence.oid = owned.objid and sequence.relkind = 'S'
join pg_catalog.pg_class as owner on owner.oid = owned.refobjid
where
    owned.deptype = 'a'
    and owner.relnamespace = to_regnamespace(quote_ident(%(schema)s))
    and owner.relname = any(%(tables)s)
order by sequence.relname
