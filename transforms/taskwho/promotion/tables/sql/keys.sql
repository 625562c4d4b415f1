-- What: the primary and the unique key of a table of this transaction's own making.
-- Grain: none. Reads: the result, when its rows are in.
alter table {target} add primary key (id);
alter table {target} add constraint {constraint_name} unique ({key});
