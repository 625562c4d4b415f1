-- What: the plan of a first load that several workers share, each with a range of Ids.
-- Grain: shards, one row per shard of a state id. Reads: nothing.
create table taskwho.shards (
    state_id text not null,
    shard integer not null,
    of_shards integer not null,
    id_from text,
    id_to text,
    counted bigint not null,
    org_id text,
    planned_at timestamptz not null,
    run_id text,
    after_id text,
    endpoint text,
    window_from timestamptz,
    window_to timestamptz,
    completed_at timestamptz,
    done_at timestamptz,
    primary key (state_id, shard)
);
comment on table taskwho.shards is
'Plan of a first load that several workers share, one row per shard. Written by `taskwho shards`'
' and `taskwho sync --shard`. Public.';
comment on column taskwho.shards.state_id is
'State whose bookmark `taskwho shards --done` sets.';
comment on column taskwho.shards.shard is
'Number of the shard, from 1.';
comment on column taskwho.shards.of_shards is
'Number of shards of the plan.';
comment on column taskwho.shards.id_from is
'First Id of the shard; null is the first Id of all.';
comment on column taskwho.shards.id_to is
'Id before which the shard ends; null is the end of all Ids.';
comment on column taskwho.shards.counted is
'Relations of the shard when it was planned, by COUNT().';
comment on column taskwho.shards.org_id is
'Id of the org.';
comment on column taskwho.shards.planned_at is
'Time at which the shards were planned.';
comment on column taskwho.shards.run_id is
'Last run that began to read the shard; null where none did.';
comment on column taskwho.shards.after_id is
'Cursor: every relation of the shard up to this Id has landed.';
comment on column taskwho.shards.endpoint is
'Resource of the REST API that the shard was read through: queryAll or query.';
comment on column taskwho.shards.window_from is
'Start of the window of SystemModstamp; null is the beginning.';
comment on column taskwho.shards.window_to is
'Earliest end of the windows of the runs that read the shard.';
comment on column taskwho.shards.completed_at is
'Time at which the shard was found to have landed to its end.';
comment on column taskwho.shards.done_at is
'Time at which `taskwho shards --done` set the bookmark.';

comment on column taskwho.runs.status is
'running, then ok, failed, quota, stopped, nothing (no row had landed) or loaded (what it read is'
' promoted by a later run).';
