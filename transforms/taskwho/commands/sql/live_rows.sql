-- What: live relations: in the table, waiting, set aside. Grain: one row.
-- Reads: the result, the counts of the quarantine, what is set aside.
select
    (select count(*) from {table} where is_deleted is not true) as stored,
    (
        select coalesce(sum(waiting), 0)::bigint
        from taskwho.waiting_counts
        where stream = {stream} and not is_set_aside
    ) as waiting,
    (select count(*) from taskwho.set_aside where stream = {stream}) as aside
