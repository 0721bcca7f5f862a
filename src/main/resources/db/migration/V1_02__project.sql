-- A project: its settings, classes, guidelines and members.
create table project (
  id               bigint generated always as identity primary key,
  version          int not null default 0,
  kind             text not null check (kind in ('TEXT', 'SERIES')),
  name             text not null check (length(name) between 1 and 120),
  description      text not null default '',
  state            text not null check (state in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
  overlap          int not null default 1 check (overlap between 1 and 20),
  lease_minutes    int not null default 15 check (lease_minutes between 1 and 1440),
  audit_size       int not null default 200 check (audit_size between 0 and 100000),
  batch_size       int not null default 25 check (batch_size between 1 and 10000),
  start_mode       text not null default 'prior' check (start_mode in ('prior', 'confirm')),
  strategy         text not null default 'influence',
  stopping         jsonb not null default '{}',   -- which rules are on, with their figures
  currency         text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  cap_micros       bigint check (cap_micros >= 0),                -- null: no cap
  rate_kind        text not null default 'NONE' check (rate_kind in ('NONE', 'PER_LABEL', 'PER_HOUR')),
  rate_micros      bigint not null default 0 check (rate_micros >= 0),
  max_task_seconds int not null default 120 check (max_task_seconds between 1 and 86400),
  seed             bigint not null,
  created_by       bigint references account on delete set null,
  created_at       timestamptz not null default now()
);

create table project_member (
  project_id bigint not null references project on delete cascade,
  account_id bigint not null references account on delete cascade,
  role       text not null check (role in ('MANAGER', 'REVIEWER', 'ANNOTATOR')),
  added_at   timestamptz not null default now(),
  primary key (project_id, account_id)
);
create index project_member_account on project_member (account_id);

-- A class may be renamed (labels keep it) or retired (its labels stay, nobody can choose it again).
create table label_class (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  ordinal     int not null,
  name        text not null check (length(name) between 1 and 200),
  description text not null default '',
  retired     boolean not null default false,
  version     int not null default 0
);
create unique index label_class_name on label_class (project_id, lower(name));

create table guideline (
  project_id bigint not null references project on delete cascade,
  number     int not null,
  markdown   text not null,
  author_id  bigint references account on delete set null,
  created_at timestamptz not null default now(),
  primary key (project_id, number)
);
