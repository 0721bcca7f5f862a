-- Several processes on one database: whose try a job is, who goes first, what is being trained where, which sign-outs count everywhere.

alter table job add column failures int not null default 0;           -- tries that failed; a killed or drained one counts as none
alter table job add column weight smallint not null default 50;       -- of its priority
alter table job add column turn bigint not null default 0;            -- fairness: its turn among the projects
create index job_turns on job (weight, project_id, turn) where state in ('WAITING', 'RUNNING');
create index job_first_turn on job (weight, turn) where state in ('WAITING', 'RUNNING');

-- What processes are training at this moment; a row that grew old is of one that died. Not worth a write-ahead log.
create unlogged table training_now (
  process    text primary key,
  told_at    timestamptz not null default now(),
  project_id bigint,
  shown      jsonb,
  waiting    bigint[] not null default '{}'
);

-- Local sessions that ended by signing out, until they would have ended anyway.
create table ended_session (
  account_id bigint not null references account on delete cascade,
  name       text not null,
  until      timestamptz not null,
  primary key (account_id, name)
);
