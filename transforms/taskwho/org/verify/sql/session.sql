-- What: how the comparison's transaction behaves, whatever the role or the database has set.
-- Grain: none. Reads: nothing. Holds until the transaction ends.
-- a policy that hides rows would make them look missing
set local row_security = off;
set local jit = off;
set local work_mem = '64MB';
set local client_min_messages = 'warning';

-- A stamp of a record that waits; null where it is none. (PostgreSQL 15 has no pg_input_is_valid.)
create or replace function pg_temp.stamp_of(value text) returns timestamp
language plpgsql stable as $$
begin
    return value::timestamptz at time zone 'UTC';
exception when others then
    return null;
end
$$;
