-- The text loop: runs, their rounds, and the newest model's word on each item.
create table run (
  id              bigint generated always as identity primary key,
  version         int not null default 0,
  project_id      bigint not null references project on delete cascade,
  state           text not null check (state in
                    ('PREPARING', 'LABELING', 'TRAINING', 'CERTIFYING', 'FINISHING', 'FINISHED', 'PAUSED', 'STOPPED', 'FAILED')),
  left_state      text,                      -- PAUSED and FAILED: where it goes on
  settings        jsonb not null,            -- the project's loop settings, frozen at the start
  stop_rule       text,                      -- the stopping rule that fired: budget, target, stable, gain, person, exhausted
  stop_reason     text,                      -- the same in words
  error           text,
  round_number    int not null default 0,    -- the round now collecting answers
  embedded        bigint not null default 0, -- items that have a vector
  embed_total     bigint not null default 0,
  embedded_at     timestamptz,               -- when the last complete pass over all items began; null: not complete yet
  certification   jsonb,                     -- thresholds, tries and what they showed
  started_by      bigint references account on delete set null,
  created_at      timestamptz not null default now(),
  state_since     timestamptz not null default now(),
  finished_at     timestamptz
);
create unique index run_one_active on run (project_id) where state not in ('FINISHED', 'STOPPED', 'FAILED');
create index run_project on run (project_id, id);

create table round (
  run_id        bigint not null references run on delete cascade,
  number        int not null,                -- 0: zero-shot, before any label
  state         text not null check (state in ('ASKING', 'TRAINING', 'DONE')),
  model_version int,
  answers_before int not null default 0,     -- resolved answers, audit apart, when the round began to ask
  labels        int not null default 0,      -- training labels the model saw
  audit_labels  int not null default 0,
  cost_micros   bigint not null default 0,   -- the project's settled cost when the round closed
  metrics       jsonb,                       -- accuracy, macro-F1, intervals, per class, confusion; from audit half REPORT
  provenance    jsonb,                       -- data snapshot, label ids, parameters, seed, engine version
  fixed_sample  bigint[],                    -- predicted classes of the fixed sample, 0 where unknown: how much models differ
  train_millis  bigint,
  started_at    timestamptz not null default now(),
  closed_at     timestamptz,                 -- the batch's last answer
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

-- What each round's model said of the audit sample, so that the whole curve gains from every further audit answer.
create table audit_prediction (
  run_id       bigint not null references run on delete cascade,
  round_number int not null,
  item_id      bigint not null references item on delete cascade,
  class_id     bigint not null,
  confidence   real not null,
  primary key (run_id, round_number, item_id)
);
create index audit_prediction_item on audit_prediction (item_id);

-- The newest ranking beyond what the queue holds already: it serves while the next model is trained.
create table ranked_item (
  run_id     bigint not null references run on delete cascade,
  position   int not null,
  item_id    bigint not null references item on delete cascade,
  reason     text not null,
  class_id   bigint,
  confidence real,
  source     text,
  primary key (run_id, position)
);
create index ranked_item_item on ranked_item (item_id);

-- The samples on which the precision of the model's own labels is certified.
create table certify_item (
  run_id     bigint not null references run on delete cascade,
  attempt    int not null,
  item_id    bigint not null references item on delete cascade,
  class_id   bigint not null,                -- what the model said
  confidence real not null,
  primary key (run_id, attempt, item_id)
);
create index certify_item_item on certify_item (item_id);
