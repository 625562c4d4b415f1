-- What: the last one of the rows that are tried on every run, where there are more of them.
-- Grain: one row at most. Reads: the candidates.
select key from {candidates} where place = {most}
