-- What: how many rows of a stream are set aside. Grain: one row. Reads: the keys of all of them.
select count(*) as set_aside
from taskwho.set_aside as kept
where kept.stream = %(stream)s
