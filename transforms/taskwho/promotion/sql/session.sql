-- What: how the promotion's transaction behaves, whatever the role or the database has set.
-- Grain: none. Reads: nothing. Holds until the transaction ends.
-- a policy that hides rows would make them look missing
set local row_security = off;
-- a deferred constraint has to speak up in the chunk that breaks it, not at the commit
set constraints all immediate;
-- compiling a statement costs more than these statements do
set local jit = off;
set local work_mem = '64MB';
set local maintenance_work_mem = '128MB';
-- what lands lies in the order of its Ids: a scan that joins another one half way loses that
set local synchronize_seqscans = off;
set local client_min_messages = 'warning';
