-- Strict casts that never raise: what does not fit becomes null and is told apart by the caller.
-- PostgreSQL 15 has no pg_input_is_valid. Runs again: yes, once a session.
create or replace function pg_temp.to_moment(value text) returns timestamp
language sql stable as $$
    select case
        when value !~ '^(1[7-9]|[23]\d)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3])(:[0-5]\d){{2}}(\.\d{{1,6}})?(Z|[+-](0\d|1[0-4]):?[0-5]\d)$'
        then null
        when substr(value, 9, 2)::integer > extract(day from (
            make_date(left(value, 4)::integer, substr(value, 6, 2)::integer, 1)
            + interval '1 month - 1 day'
        ))
        then null
        else value::timestamptz at time zone 'UTC'
    end
$$;

create or replace function pg_temp.to_truth(value text) returns boolean
language sql immutable as $$
    select case
        when value in ('true', 't', 'True') then true
        when value in ('false', 'f', 'False') then false
    end
$$;

create or replace function pg_temp.is_id(value text) returns boolean
language sql immutable as $$
    select value ~ '^[A-Za-z0-9]{{15}}([A-Za-z0-9]{{3}})?$'
$$;

create or replace function pg_temp.to_day(value text) returns date
language sql stable as $$
    select pg_temp.to_moment(value || 'T00:00:00Z')::date
$$
