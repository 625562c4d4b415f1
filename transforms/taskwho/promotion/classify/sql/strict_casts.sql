-- What: the cast of a timestamp that never raises, for rows with a time that is none.
-- Grain: none. Reads: nothing. Replaces the function that `cast` uses.
create or replace function pg_temp.cast_timestamp(value text) returns timestamp
language sql stable parallel safe as 'select pg_temp.strict_timestamp(value)';
