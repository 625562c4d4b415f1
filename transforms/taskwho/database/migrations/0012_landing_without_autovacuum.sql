-- What: autovacuum leaves the landing tables alone. It looks at one right after a load, while the
-- promotion asks for its exclusive lock, which then waits one second (deadlock_timeout) before
-- PostgreSQL ends the look. The promotion makes the statistics itself, and truncates the table.
-- Grain: none. Reads: the catalog. Vacuums against wraparound go on
-- (postgresql.org/docs/18/sql-createtable.html, autovacuum_enabled).
-- A new database gets its landing tables after its migrations. A table of another role stays.
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
