-- What: the state ids with a state that match a pattern; `*` in it stands for any text.
-- Grain: one row per state id. Reads: the bookmarks.
select state_id
from taskwho.bookmarks
where
    coalesce(completed, partial) is not null
    and state_id like replace(
        replace(replace(replace(%(pattern)s, '\', '\\'), '%%', '\%%'), '_', '\_'), '*', '%%'
    )
order by state_id
