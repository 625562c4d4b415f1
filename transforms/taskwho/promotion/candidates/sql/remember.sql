-- What: what the next promotion compares its table with. Grain: one row. Reads: nothing.
insert into taskwho.promoted_tables as promoted (stream, definition, retried_to)
values ({stream}, {definition}, {retried_to})
on conflict (stream) do update
    set definition = excluded.definition, retried_to = excluded.retried_to
    where (promoted.definition, promoted.retried_to)
    is distinct from (excluded.definition, excluded.retried_to);
