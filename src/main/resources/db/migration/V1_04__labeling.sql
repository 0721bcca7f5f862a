-- Questions to people, who holds them, and what was answered.
create table task (
  id                    bigint generated always as identity primary key,
  project_id            bigint not null references project on delete cascade,
  item_id               bigint not null references item on delete cascade,
  run_id                bigint,
  round_number          int,
  purpose               text not null check (purpose in ('AUDIT', 'TRAIN', 'CERTIFY', 'GOLD')),
  state                 text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'WITHDRAWN')),
  priority              double precision not null,   -- higher is asked first
  reason                text not null,
  suggestion_class_id   bigint references label_class on delete set null,
  suggestion_confidence real,
  suggestion_source     text,                        -- 'zero-shot', 'model v3', …
  slots                 int not null default 1,      -- answers wanted
  free_slots            int not null default 1 check (free_slots >= 0),  -- neither answered nor leased
  created_at            timestamptz not null default now(),
  closed_at             timestamptz
);
create unique index task_open_item on task (project_id, item_id) where state = 'OPEN';
create index task_queue on task (project_id, (purpose = 'AUDIT'), priority desc, id) where state = 'OPEN' and free_slots > 0;
create index task_taken on task (project_id, purpose) include (slots, free_slots) where free_slots < slots;
create index task_state on task (project_id, purpose, state);
create index task_item on task (item_id);
create index task_round on task (run_id, round_number);

create table lease (
  id             bigint generated always as identity primary key,
  task_id        bigint not null references task on delete cascade,
  project_id     bigint not null,
  account_id     bigint not null references account on delete cascade,
  reservation_id bigint,
  until          timestamptz not null,
  state          text not null default 'HELD' check (state in ('HELD', 'ANSWERED', 'RETURNED', 'EXPIRED')),
  deck           uuid not null,                      -- the page that holds it
  renewed_at     timestamptz not null default now(), -- when that page last gave a sign of life
  created_at     timestamptz not null default now()
);
create unique index lease_held on lease (task_id, account_id) where state = 'HELD';
create index lease_until on lease (until) where state = 'HELD';
create index lease_project on lease (project_id, account_id) where state = 'HELD';
create index lease_task on lease (task_id, account_id);

-- Never overwritten: a change is a new revision, undo is a revision. The highest revision of (task, account) counts.
create table annotation (
  id                    bigint generated always as identity primary key,
  client_id             uuid not null unique,        -- made by the browser: an answer sent twice is recorded once
  task_id               bigint not null references task on delete cascade,
  item_id               bigint not null,
  project_id            bigint not null,
  account_id            bigint not null references account,
  revision              int not null,
  kind                  text not null check (kind in ('LABEL', 'NONE', 'SKIP', 'FLAG', 'RETRACTED')),
  class_id              bigint references label_class,
  comment               text,
  active_millis         bigint not null default 0,
  guideline_number      int,
  suggestion_class_id   bigint,
  suggestion_confidence real,
  suggestion_source     text,
  late                  boolean not null default false,    -- arrived after its lease had expired
  surplus               boolean not null default false,    -- the slot had been filled meanwhile: kept, not counted
  reservation_id        bigint,                            -- what paid for it; a changed answer keeps its first one's
  cost_micros           bigint not null default 0,         -- settled by this revision
  answered_at           timestamptz not null,              -- the browser's clock
  created_at            timestamptz not null default now(),
  unique (task_id, account_id, revision),
  check ((kind = 'LABEL') = (class_id is not null))
);
create index annotation_item on annotation (item_id, id);
create index annotation_project_account on annotation (project_id, account_id, id);

-- An item's label, with where it came from. Superseded ones stay as its history.
create table resolution (
  id            bigint generated always as identity primary key,
  project_id    bigint not null references project on delete cascade,
  item_id       bigint not null references item on delete cascade,
  outcome       text not null check (outcome in ('LABEL', 'NONE')),
  class_id      bigint references label_class,
  origin        text not null check (origin in ('PERSON', 'REVIEWER', 'LLM', 'MODEL', 'PROPAGATED')),
  confidence    real,
  run_id        bigint,
  model_version int,
  task_id       bigint,
  annotators    bigint[] not null default '{}',      -- the accounts whose answers made it
  created_at    timestamptz not null default now(),
  superseded_at timestamptz,
  check ((outcome = 'LABEL') = (class_id is not null))
);
create unique index resolution_current on resolution (item_id) where superseded_at is null;
create index resolution_project on resolution (project_id, origin) where superseded_at is null;
create index resolution_item on resolution (item_id, id);
