-- What: no time-out of the role or the database ends this transaction, whatever it takes.
-- Grain: one row per time-out. Reads: the settings; PostgreSQL 17 has one more than 15.
select set_config(name, '0', true) as value
from pg_catalog.pg_settings
where
    name in (
        'statement_timeout', 'lock_timeout', 'transaction_timeout',
        'idle_in_transaction_session_timeout', 'idle_session_timeout'
    )
