-- What: an alert has arrived.
-- Grain: one row. Reads: nothing.
insert into taskwho.last_alert (news, run_id, arrived_at)
values (%(news)s, %(run_id)s, now())
on conflict (is_the_one) do update
    set news = excluded.news, run_id = excluded.run_id, arrived_at = excluded.arrived_at
