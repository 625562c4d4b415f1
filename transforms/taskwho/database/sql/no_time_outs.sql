-- What: no time-out of the role or the database ends this transaction, whatever it takes.
-- Grain: one row per time-out. Reads: nothing; PostgreSQL 17 has one more than 15.
select set_config(time_out, '0', true) as value
from
    unnest(array[
        'statement_timeout', 'lock_timeout', 'transaction_timeout',
        'idle_in_transaction_session_timeout', 'idle_session_timeout'
    ]) as time_out
where current_setting(time_out, true) is not null
