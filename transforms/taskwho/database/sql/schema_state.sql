-- What: the newest migration of this database, 0 if there is none, and the landing tables that are
-- not there.
-- Grain: one row. Reads: taskwho.schema_version and the catalog.
with newest as (
    select *
    from taskwho.schema_version
    order by number desc
    limit 1
)

select
    coalesce(newest.number, 0) as number,
    newest.release,
    array(
        select stream.name
        from unnest(%(streams)s::text[]) as stream (name)
        where to_regclass(format('taskwho.%%I', stream.name)) is null
    ) as missing
from (select 1) as always
left join newest on true
