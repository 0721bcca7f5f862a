-- The text loop: runs, their rounds, and the newest model's word on each item.
create table run (
  id              bigint generated always as identity primary key,
  version         int not null default 0,
  project_id      bigint not null references project on delete cascade,
  state           text not null check (state in
                    ('PREPARING', 'LABELING', 'TRAINING', 'CERTIFYING', 'FINISHING', 'FINISHED', 'PAUSED', 'STOPPED', 'FAILED')),
  paused_from     text,
  settings        jsonb not null,            -- the project's loop settings, frozen at the start
  stop_reason     text,
  error           text,
  round_number    int not null default 0,    -- the round now collecting answers
  started_by      bigint references account on delete set null,
  created_at      timestamptz not null default now(),
  finished_at     timestamptz
);
create unique index run_one_active on run (project_id) where state not in ('FINISHED', 'STOPPED', 'FAILED');

create table round (
  run_id        bigint not null references run on delete cascade,
  number        int not null,                -- 0: zero-shot, before any label
  state         text not null check (state in ('ASKING', 'TRAINING', 'DONE')),
  model_version int,
  labels        int not null default 0,      -- training labels the model saw
  audit_labels  int not null default 0,
  cost_micros   bigint not null default 0,   -- the project's settled cost when the round closed
  metrics       jsonb,                       -- accuracy, macro-F1, intervals, per class, confusion; from audit half REPORT
  provenance    jsonb,                       -- data snapshot, label ids, parameters, seed, engine version
  train_millis  bigint,
  started_at    timestamptz not null default now(),
  trained_at    timestamptz,
  primary key (run_id, number)
);

create table prediction (
  item_id       bigint primary key references item on delete cascade,
  project_id    bigint not null,
  run_id        bigint not null,
  model_version int not null,
  class_id      bigint not null references label_class on delete cascade,
  confidence    real not null,
  margin        real not null,
  second_class_id bigint
);
create index prediction_project on prediction (project_id, confidence);
