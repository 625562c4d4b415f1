-- What: the temporary tables of an explanation, gone. Grain: none. Reads: nothing.
drop table if exists missing_ranked, missing_causes;
