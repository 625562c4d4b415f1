-- What: the time of the newest record of a parent's table. Grain: one row. Reads: one value.
select max({column}) as ended_at
from {table}
