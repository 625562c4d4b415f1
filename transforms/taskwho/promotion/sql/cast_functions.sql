-- What: casts that never guess and never cut: what does not fit becomes null.
-- Grain: none. Reads: nothing. Can run again. (PostgreSQL 15 has no pg_input_is_valid.)
create or replace function pg_temp.cast_boolean(value text) returns boolean
language sql immutable parallel safe as $$
    -- the usual spellings come first: `lower` takes four times as long as they do
    select case value
        when 'false' then false
        when 'true' then true
        else case lower(value)
            when 'true' then true when 't' then true
            when 'false' then false when 'f' then false
        end
    end
$$;

create or replace function pg_temp.cast_text(value text, max_length integer) returns text
language sql immutable parallel safe as $$
    select case when char_length(value) <= max_length then value end
$$;

create or replace function pg_temp.cast_date(value text) returns date
language sql immutable parallel safe as $$
    select case
        -- 1700 to 3999, every month with its days, 29 February in leap years only
        when value ~ (
            '^((1[7-9]|[23]\d)\d\d-((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])'
            '|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)'
            '|((1[7-9]|[23]\d)(0[48]|[2468][048]|[13579][26])|(20|24|28|32|36)00)-02-29)$'
        )
            then value::date
    end
$$;

-- UTC. Salesforce's first date-time is of 1700 (SOAP API guide, primitive types).
create or replace function pg_temp.strict_timestamp(value text) returns timestamp
language sql stable parallel safe as $$
    select case
        when
            pg_temp.cast_date(left(value, 10)) is not null
            and substr(value, 11) ~ (
                '^[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{{1,6}})?'
                '(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?$'
            )
            -- the stock loader writes UTC into a text column, with a space and without a zone
            and (substr(value, 11, 1) = ' ' or substr(value, 20) ~ '[-+Z]')
            and value::timestamptz at time zone 'UTC' between '1700-01-01' and {latest}
            then value::timestamptz at time zone 'UTC'
    end
$$;

-- A time as Salesforce writes it is read, and right if writing it gives the same text. That takes
-- a fifth of the time of the pattern above, if it is read once. It raises for the 30th of February.
create or replace function pg_temp.read_timestamp(value text) returns timestamp
language sql stable parallel safe as $$
    select case
        when
            value collate "C" between '1700-01-01' and {latest}
            and (value like '____-__-__T__:__:__.000+0000' or value like '____-__-__T__:__:__.000Z')
            then value::timestamp
    end
$$;

create or replace function pg_temp.checked_timestamp(found timestamp, value text) returns timestamp
language sql stable parallel safe as $$
    select case when replace(found::text, ' ', 'T') = left(value, 19) then found
        else pg_temp.strict_timestamp(value) end
$$;

create or replace function pg_temp.is_salesforce_id(value text) returns boolean
language sql immutable parallel safe as $$
    -- a class and a length are measured four times as fast as one pattern with both
    select length(value) in (15, 18) and value !~ '[^a-zA-Z0-9]'
$$;

-- The planner computes an expression again wherever its column is used, but not of a select that
-- has this column. `offset 0` does the same, and keeps the work from parallel workers.
create or replace function pg_temp.once() returns boolean
language sql volatile parallel safe as 'select true';
