-- What: comments for the landing tables that this role owns, also for those that a loader made.
-- Grain: one row per table and column: a statement. Reads: the catalog.
with owned as (
    select
        oid,
        relname
    from pg_catalog.pg_class
    where
        relnamespace = to_regnamespace('taskwho')
        and relname = any(%(streams)s)
        and pg_has_role(relowner, 'usage')
)

select
    format(
        'comment on table taskwho.%%I is %%L', owned.relname,
        format(
            'Landing table of the stream %%s: every value is text. The loader appends rows,'
            ' post-load takes them. Written by the loader. Public: any loader may append to it.',
            owned.relname
        )
    ) as statement
from owned
union all
select
    format(
        'comment on column taskwho.%%I.%%I is %%L', owned.relname, attribute.attname,
        case attribute.attname
            when 'landed_seq' then 'Order of landing, from the sequence landed_seq.'
            else format('%%s as it landed.', attribute.attname)
        end
    )
from owned
join pg_catalog.pg_attribute as attribute on attribute.attrelid = owned.oid
where attribute.attnum > 0 and not attribute.attisdropped
