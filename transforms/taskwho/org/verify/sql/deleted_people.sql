-- What: live relations to contacts that are deleted here. Grain: one row per relation.
-- Reads: the result, the contacts.
select
    stored.{key}::text as id,
    contact.{contact_key}::text as person_id
from {contacts} as contact
join {target} as stored on stored.relation_id = contact.{contact_key}
where contact.is_deleted and {is_live}
order by md5(stored.{key}::text || {salt})
