-- What: the settings of a migration's transaction, and the lock that it shares with promotions.
-- Grain: none. Reads: nothing. Changes settings of this transaction only.
-- A policy that hides rows from the role is an error: they would be missing in new tables.
set local lock_timeout = '10min';
set local row_security = off;
select pg_advisory_xact_lock({lock});
