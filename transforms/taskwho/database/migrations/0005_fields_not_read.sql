-- What: a landed field that a run did not read is told from one that is null, by the default of its
-- column, which no value of Salesforce can equal.
-- Grain: none. Reads: the catalog.
-- A new database gets its landing tables after its migrations. In a table that another role owns,
-- null stays the default: there a field is not read where its column is missing.
do $taskwho$
declare
    field record;
begin
    for field in
        select attribute.attrelid::regclass as landing, attribute.attname as name
        from pg_catalog.pg_attribute as attribute
        join pg_catalog.pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = 'taskwho'::regnamespace
            and class.relkind = 'r'
            and class.relname in ('users', 'contacts', 'tasks', 'task_who_relations')
            and attribute.atttypid = 'text'::regtype
            and attribute.attname <> 'Id'
            and not attribute.attisdropped
            and attribute.attnum > 0
    loop
        begin
            execute format(
                'alter table %s alter column %I set default %L',
                field.landing, field.name, ' not read '
            );
        exception when insufficient_privilege then
            null;
        end;
    end loop;
end
$taskwho$;
