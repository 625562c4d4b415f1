-- What: those of the tables that schema taskwho has, in the order asked for.
-- Grain: one row per table. Reads: the catalog.
select asked.name
from unnest(%(names)s::text []) with ordinality as asked (name, place)
where to_regclass(format('taskwho.%%I', asked.name)) is not null
order by asked.place
