-- Versions of a project's labels, kept as they were at a moment.
create table snapshot (
  id         bigint generated always as identity primary key,
  project_id bigint not null references project on delete cascade,
  name       text not null check (length(name) between 1 and 120),
  state      text not null default 'TAKING' check (state in ('TAKING', 'READY', 'FAILED')),
  error      text,
  taken_at   timestamptz,                    -- the moment it shows; from here on null until it is READY
  guideline  int,                            -- the newest version then; null: there was none
  classes    jsonb,                          -- [{id, name, description, ordinal, retired, meaning}]
  series     jsonb,                          -- [{id, name, zone}]
  events     jsonb,                          -- what was known to have happened
  row_count  bigint,
  labels     bigint,                         -- rows with a label or 'none of these'
  counts     jsonb,                          -- rows by class: {"12": 40, "none": 2}
  hash       bytea,                          -- SHA-256 of all it says
  job_id     bigint,
  created_by bigint references account on delete set null,
  created_at timestamptz not null default now()
);
create unique index snapshot_name on snapshot (project_id, lower(name));
create index snapshot_project on snapshot (project_id, id);

-- Its rows, packed: some thousands each, in the order of their keys.
create table snapshot_chunk (
  snapshot_id bigint not null references snapshot on delete cascade,
  number      int not null,
  first_key   bigint not null,
  last_key    bigint not null,
  row_count   int not null,
  data        bytea not null,
  primary key (snapshot_id, number)
);
alter table snapshot_chunk alter column data set storage external; -- compressed by ourselves

-- A finished snapshot can go, but never change: not even together with the name of an account that was deleted.
create function snapshot_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a snapshot never changes' using errcode = 'restrict_violation';
end $$;
create trigger snapshot_stays before update on snapshot for each row when (old.state = 'READY'
  and (to_jsonb(old) - 'created_by' is distinct from to_jsonb(new) - 'created_by'
    or new.created_by is not null and new.created_by is distinct from old.created_by)) execute function snapshot_stays();
create trigger snapshot_chunk_stays before update on snapshot_chunk for each row execute function snapshot_stays();

-- Its chunks go with it, never alone.
create function snapshot_keeps_chunks() returns trigger language plpgsql as $$
begin
  if exists (select 1 from snapshot where id = old.snapshot_id and state = 'READY') then
    raise exception 'a snapshot never changes' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger snapshot_keeps_chunks before delete on snapshot_chunk for each row execute function snapshot_keeps_chunks();

create function snapshot_is_whole() returns trigger language plpgsql as $$
begin
  if (select state from snapshot where id = new.snapshot_id) <> 'TAKING' then
    raise exception 'a snapshot never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger snapshot_is_whole before insert on snapshot_chunk for each row execute function snapshot_is_whole();
