-- What is labeled: unique texts (items) and the rows of the files they came from.
create table data_import (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  file_name   text not null,
  stored_as   text not null,                 -- a name inside the data folder's uploads, never a path from outside
  bytes       bigint not null,
  format      jsonb not null,                -- kind, delimiter, encoding, header, quote
  mapping     jsonb not null,                -- [{name, use}]: text, id, label, metadata or ignored
  use_labels  boolean not null default false,-- known labels become the items' labels; else they are only kept beside
  refuse_all  boolean not null default false,-- one bad row refuses the whole file
  state       text not null check (state in ('DRAFT', 'WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  rows_read   bigint not null default 0,     -- committed up to here: a killed import goes on with the row after
  rows_in     bigint not null default 0,
  rows_merged bigint not null default 0,     -- same normalised text as an item already there
  rows_refused bigint not null default 0,
  unknown_labels jsonb not null default '{}',-- values of the label column that are no class, with their counts
  job_id      bigint,
  error       text,
  created_by  bigint references account on delete set null,
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create index data_import_project on data_import (project_id, id);

create table import_refusal (
  import_id  bigint not null references data_import on delete cascade,
  row_number bigint not null,                -- in the file, header = 1
  reason     text not null,
  content    text not null,                  -- the row as read, cut at 2,000 characters
  primary key (import_id, row_number)
);

create table item (
  id           bigint generated always as identity primary key,
  project_id   bigint not null references project on delete cascade,
  body         text not null,
  fingerprint  bytea not null,               -- 16 bytes of SHA-256 over the normalised text
  split        text not null default 'POOL' check (split in ('POOL', 'AUDIT', 'GOLD')),
  audit_half   text check (audit_half in ('CHOOSE', 'REPORT')),
  known_class_id bigint references label_class on delete set null,  -- from the file's label column; never trains by itself
  shuffle      int not null,                 -- random order, fixed at import
  import_id    bigint,                       -- no foreign key: a million checks for a row that stays
  created_at   timestamptz not null default now(),
  unique (project_id, fingerprint)
);
create index item_shuffle on item (project_id, shuffle, id);
create index item_split on item (project_id, split) where split <> 'POOL';

create table item_row (
  id          bigint generated always as identity primary key,
  item_id     bigint not null references item on delete cascade,
  project_id  bigint not null,
  external_id text not null,
  metadata    jsonb,
  import_id   bigint,
  row_number  bigint,
  unique (project_id, external_id)
);
create index item_row_item on item_row (item_id);

-- Sentence vectors, shared by all projects: same text, same model, same vector.
create table embedding (
  model       text not null,
  fingerprint bytea not null,
  vector      bytea not null,                -- little-endian float32
  primary key (model, fingerprint)
);
