-- What: all judged rows put into a table of this transaction's own making, which has no keys yet
-- that could refuse one. Grain: one row per key. Reads: the judged rows.
insert into {target} ({columns})
select {values}
from {judged} as judged
where judged.action = 'insert';
