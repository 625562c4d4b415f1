-- What: the index of a reference. Grain: none. Reads: the result, when its rows are in.
create index {index_name} on {target} ({key_column});
