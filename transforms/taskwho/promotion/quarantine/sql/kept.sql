-- What: the rows that a list of ours keeps: they wait, or belong in no table. Mostly few of many,
-- so that the statements that follow do not look at all rows again.
-- Grain: one row per key. Reads: the classified rows.
create temporary table {kept} on commit drop as
select classified.*
from {classified} as classified
where outcome in ('failed', 'suppressed') or waits or aside is not null;
