-- What: how the comparison's transaction behaves, whatever the role or the database has set.
-- Grain: none. Reads: nothing. Holds until the transaction ends.
set transaction isolation level read committed;
-- a policy that hides rows would make them look missing
set local row_security = off;
-- timestamps are kept without time zone and mean UTC
set local time zone 'UTC';
set local datestyle = 'ISO, YMD';
set local jit = off;
set local work_mem = '64MB';
set local client_min_messages = 'warning';
-- it waits for the org, not for the database
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;

-- A stamp of a record that waits; null where it is none. (PostgreSQL 15 has no pg_input_is_valid.)
create or replace function pg_temp.stamp_of(value text) returns timestamp
language plpgsql stable as $$
begin
    return value::timestamptz at time zone 'UTC';
exception when others then
    return null;
end
$$;
