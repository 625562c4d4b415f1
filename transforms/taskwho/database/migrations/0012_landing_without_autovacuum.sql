-- What: switches autovacuum off for the landing tables.
-- Grain: none. Reads: the catalog.
-- Right after a load autovacuum analyzes them. The promotion then waits for its exclusive lock:
-- PostgreSQL cancels autovacuum after one second (deadlock_timeout). They need no autovacuum: the
-- promotion analyzes and truncates them itself. PostgreSQL still vacuums them against wraparound
-- (postgresql.org/docs/18/sql-createtable.html, autovacuum_enabled).
-- A new database gets its landing tables after its migrations. A table that another role owns stays
-- as it is.
do $taskwho$
declare
    landing regclass;
begin
    for landing in
        select class.oid::regclass
        from pg_catalog.pg_class as class
        where class.relnamespace = 'taskwho'::regnamespace
            and class.relkind = 'r'
            and class.relname in (
                'users', 'contacts', 'tasks', 'task_who_relations', 'task_relation_deletes',
                'sync_batches'
            )
    loop
        begin
            execute format('alter table %s set (autovacuum_enabled = false)', landing);
        exception when insufficient_privilege then
            null;
        end;
    end loop;
end
$taskwho$;
