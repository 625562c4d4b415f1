-- What: the Ids and stamps of the live relations that are kept here: they wait, are set aside, or
-- are in the table. Grain: one row per Id. Reads: these tables.
-- Ids sort as Salesforce sorts them, byte by byte. A stamp that no datetime can hold is moved to an
-- end of Salesforce's time.
create temporary table local_rows (
    id text collate "C" primary key,
    stamp timestamp not null,
    place text not null
) on commit drop;

insert into local_rows
select
    id,
    greatest('1700-01-01', least(coalesce(stamp, '1700-01-01'), '3999-12-31')) as stamp,
    place
from ({kept}) as kept
where length(id) = 18 and id !~ '[^a-zA-Z0-9]'
on conflict (id) do nothing;

create index on local_rows (stamp, id);
analyze local_rows;

create temporary table differences (
    id text collate "C" primary key,
    kind text not null,
    record jsonb,
    stored_stamp text
) on commit drop;
