-- What: casts that never raise, never guess and never cut: null is what does not fit.
-- Grain: none. Reads: nothing. Can run again. (PostgreSQL 15 has no pg_input_is_valid.)
create or replace function pg_temp.strict_date(value text) returns date
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

create or replace function pg_temp.strict_timestamp(value text) returns timestamp
language sql stable parallel safe as $$
    select case
        when
            pg_temp.strict_date(left(value, 10)) is not null
            and substr(value, 11) ~ (
                '^[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?'
                '(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$'
            )
            then value::timestamptz at time zone 'UTC'
    end
$$;

create or replace function pg_temp.is_salesforce_id(value text) returns boolean
language sql immutable parallel safe as $$
    -- a class and a length are measured four times as fast as one pattern with both
    select length(value) in (15, 18) and value !~ '[^a-zA-Z0-9]'
$$;

-- A column of this keeps the planner from computing the others of its select again wherever they
-- are used, as `offset 0` does, but leaves the work to parallel workers too. It costs nothing: what
-- is volatile is not pulled up, and once that is settled this is a constant.
create or replace function pg_temp.once() returns boolean
language sql volatile parallel safe as 'select true';
