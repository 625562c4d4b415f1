-- What: gives the rows that the user's table refused their outcome and their reason.
-- Grain: one row per refused key. Reads: the refused rows. Writes: the classified rows.
-- Messages of class 22 quote the value that they refuse, so it is left out.
update {classified} as classified
set
    outcome = case when refused.sqlstate is null then 'suppressed' else 'failed' end,
    reasons = array[
        case
            when refused.sqlstate is null then 'suppressed'
            when refused.sqlstate = '23502' and refused.column_name = any({filled}::text[])
                then 'null_value'
            else 'constraint'
        end
    ],
    error = case
        when refused.sqlstate is null
            then 'suppressed: a trigger or a rule of ' || {title} || ' took the row away'
        when refused.sqlstate = '23502' and refused.column_name = any({filled}::text[])
            then 'null_value: ' || refused.column_name || ' of ' || {title} || ' must not be null'
        when refused.sqlstate = '23502' and refused.column_name <> ''
            then 'constraint: 23502 ' || refused.column_name || ' of ' || {title}
            || ' must not be null, has no default, and no value of Salesforce''s goes there'
        when refused.sqlstate like '22%'
            then 'constraint: ' || refused.sqlstate || ' '
            || left(regexp_replace(refused.message, ':? "[^"]*"', '', 'g'), 500)
        else 'constraint: ' || refused.sqlstate || ' ' || left(refused.message, 500)
    end
from {refused} as refused
where refused.key = classified.key;
