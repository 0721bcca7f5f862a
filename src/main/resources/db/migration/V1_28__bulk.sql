-- A pass over all texts of a project, in chunks that many workers take: sentence vectors, predictions, labels.
create table sweep (
  id            bigint generated always as identity primary key,
  project_id    bigint not null references project on delete cascade,
  run_id        bigint not null references run on delete cascade,
  kind          text not null check (kind in ('EMBED', 'PREDICT', 'LABEL', 'REST')),
  state         text not null check (state in ('PREPARING', 'ACTIVE', 'PAUSED', 'DONE', 'STOPPED', 'FAILED')),
  model_version int,                         -- null: needs none
  class_ids     bigint[],                    -- of the model's columns; null until its file is written
  thresholds    jsonb,                       -- class id to least confidence; null: labels nothing
  cap           bigint,                      -- at most so many labels; null: no cap
  items         bigint not null default 0,   -- texts in all chunks
  done          bigint not null default 0,   -- texts passed, committed together with what was written for them
  written       bigint not null default 0,   -- new vectors, predictions or labels
  error         text,
  ordered_by    bigint references account on delete set null,
  created_at    timestamptz not null default now(),
  finished_at   timestamptz
);
create unique index sweep_unfinished on sweep (run_id, kind) where state in ('PREPARING', 'ACTIVE', 'PAUSED');
create index sweep_project on sweep (project_id, id);

-- Rows of a project between two places, in the order of ids or in the random order fixed at import.
create table sweep_chunk (
  sweep_id      bigint not null references sweep on delete cascade,
  number        int not null,
  at_shuffle    int not null,                -- everything up to here is done
  at_id         bigint not null,
  to_shuffle    int not null,
  to_id         bigint not null,
  items         int not null,
  done          int not null default 0,
  written       int not null default 0,
  state         text not null default 'WAITING' check (state in ('WAITING', 'RUNNING', 'DONE')),
  job_id        bigint,
  claimed_until timestamptz,                 -- afterwards it is anybody's
  finished_at   timestamptz,
  primary key (sweep_id, number)
);
create index sweep_chunk_open on sweep_chunk (sweep_id, number) where state <> 'DONE';
create index sweep_chunk_pace on sweep_chunk (sweep_id, finished_at) where state = 'DONE';

-- Jobs in line of a kind and project, whatever the number of ended ones.
create index job_in_line on job (kind, project_id) where state in ('WAITING', 'RUNNING');
