-- What: what of the rights and the replication of a table a run depends on.
-- Grain: one row. Reads: the catalog. Only a table of a publication needs a replica identity.
select
    has_schema_privilege(class.relnamespace, 'usage') as may_use_schema,
    has_column_privilege(class.oid, %(key)s, 'references') as may_refer,
    not exists (
        select from pg_catalog.pg_depend as owned
        join pg_catalog.pg_class as sequence on sequence.oid = owned.objid
        where
            owned.refobjid = class.oid
            and owned.deptype = 'a'
            -- an index is no sequence, and the function raises for it
            and case
                when sequence.relkind = 'S' then not has_sequence_privilege(sequence.oid, 'usage')
            end
    ) as may_use_sequences,
    (
        class.relkind in ('r', 'p')
        and class.relreplident <> 'f'
        and not exists (
            select from pg_catalog.pg_index
            where
                indrelid = class.oid
                and case class.relreplident
                    when 'd' then indisprimary when 'i' then indisreplident else false
                end
        )
        and exists (
            select from pg_catalog.pg_publication_tables as published
            join pg_catalog.pg_publication as publication
                on publication.pubname = published.pubname and publication.pubupdate
            where published.schemaname = %(schema)s and published.tablename = class.relname
        )
    ) as lacks_replica_identity
from pg_catalog.pg_class as class
where
    class.relnamespace = to_regnamespace(quote_ident(%(schema)s)) and class.relname = %(name)s
