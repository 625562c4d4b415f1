-- What: those of the tables that a schema has, in the given order.
-- Grain: one row per table. Reads: the catalog.
select asked.name
from unnest(%(names)s::text[]) with ordinality as asked (name, place)
where
    exists (
        select from pg_catalog.pg_class as class
        where
            class.relnamespace = to_regnamespace(quote_ident(%(schema)s))
            and class.relname = asked.name
    )
order by asked.place
