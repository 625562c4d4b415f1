-- What: puts all classified rows into a table of this transaction's own making, which has no keys
-- yet that could refuse one. Grain: one row per key. Reads: the classified rows.
insert into {target} ({columns})
select {values}
from {classified} as classified
where classified.action = 'insert';
