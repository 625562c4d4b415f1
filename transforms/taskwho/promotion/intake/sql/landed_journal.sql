-- What: the tap's journal, copied into this transaction, every value still text.
-- Grain: one row per page fetched. Reads: the landing table `sync_batches`.
create temporary table landed_sync_batches on commit drop as
select {columns}
from {inbox} as landed;
