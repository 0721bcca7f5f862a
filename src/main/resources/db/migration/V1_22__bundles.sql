-- Trained models as files: those made here, and those loaded as the start of a run. In the database, so that every
-- process reads them; in pieces, so that none holds a whole one in memory.
create table model_bundle (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  origin      text not null check (origin in ('OWN', 'START')),
  version     text not null,                 -- run and round it came from: '7-3'; of another project where it is a START
  bytes       bigint,                        -- null until it is whole
  sha256      text,
  manifest    jsonb,
  card        jsonb,
  job_id      bigint,                        -- OWN: what makes it
  created_by  bigint references account on delete set null,
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create unique index model_bundle_own on model_bundle (project_id, version) where origin = 'OWN';
create index model_bundle_project on model_bundle (project_id, id);

create table model_bundle_piece (
  bundle_id bigint not null references model_bundle on delete cascade,
  number    int not null,
  data      bytea not null,
  primary key (bundle_id, number)
);
alter table model_bundle_piece alter column data set storage external; -- packed already

-- What a project's next run begins with.
create table model_start (
  project_id bigint primary key references project on delete cascade,
  bundle_id  bigint not null references model_bundle on delete cascade,
  report     jsonb not null,                 -- what matched when it was loaded
  loaded_by  bigint references account on delete set null,
  loaded_at  timestamptz not null default now()
);

-- Texts whose labels taught it: they are kept out of the audit sample, which would flatter the run.
create table model_start_text (
  project_id  bigint not null references model_start on delete cascade,
  fingerprint bytea not null,
  primary key (project_id, fingerprint)
);

-- The causal detector of a series, which scores point by point; made from its answers when it is first asked for.
create table series_live_model (
  series_id  bigint primary key references series on delete cascade,
  run_id     bigint not null,
  version    int not null,
  answers_key bigint not null,
  bundle     bytea not null,
  made_at    timestamptz not null default now()
);
alter table series_live_model alter column bundle set storage external;
