-- What: the foreign key of a reference, validated. Grain: none. Reads: the result, a parent.
alter table {target} add constraint {foreign_key}
foreign key ({column}) references {parent} ({parent_key});
