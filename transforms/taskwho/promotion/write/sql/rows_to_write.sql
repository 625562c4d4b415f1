-- What: how many rows the user's table is to take. Grain: one row. Reads: the classified rows.
select count(*) as rows
from {classified}
where action in ('insert', 'update', 'mark')
