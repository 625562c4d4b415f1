-- What: the keys of a table of this transaction's own making, when its rows are in.
-- Grain: one statement per key, one index per foreign key. Reads: the result, the parents.
alter table {target} add primary key (id);
alter table {target} add constraint {salesforce_id_key} unique (salesforce_id);

create index {task_id_idx} on {target} (task_id);
create index {relation_id_idx} on {target} (relation_id);
create index {created_by_id_idx} on {target} (created_by_id);
create index {last_modified_by_id_idx} on {target} (last_modified_by_id);

alter table {target} add constraint {task_id_fkey}
foreign key (task_id) references {activities} ({activities_key});
alter table {target} add constraint {relation_id_fkey}
foreign key (relation_id) references {contacts} ({contacts_key});
alter table {target} add constraint {created_by_id_fkey}
foreign key (created_by_id) references {users} ({users_key});
alter table {target} add constraint {last_modified_by_id_fkey}
foreign key (last_modified_by_id) references {users} ({users_key});
