-- What: the foreign key of a reference, validated. Grain: none. Reads: the result, a parent.
alter table {target} add constraint {constraint_name}
foreign key ({key_column}) references {parent} ({parent_key});
