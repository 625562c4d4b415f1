-- What: the index of a reference. Grain: none. Reads: the result, when its rows are in.
create index {index} on {target} ({column});
