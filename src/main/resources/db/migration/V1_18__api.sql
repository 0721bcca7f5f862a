-- Personal access tokens; only the hash of one is kept.
create table api_token (
  id             bigint generated always as identity primary key,
  account_id     bigint not null references account on delete cascade,
  name           text not null check (length(name) between 1 and 80),
  start          text not null,               -- the first characters, to recognise it by
  hash           bytea not null unique,       -- SHA-256
  actions        text[] not null,
  projects       bigint[],                    -- null: all of the person's
  session_epoch  int not null,                -- the account's when it was made: a new password ends it
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  last_used_at   timestamptz,
  last_used_from text
);
create index api_token_account on api_token (account_id);

-- Answers to writes that carried an idempotency key; kept for a day.
create table idempotent_answer (
  account_id   bigint not null references account on delete cascade,
  key          text not null,
  request_hash bytea not null,
  status       int,                           -- null: the first request is still at work
  location     text,
  etag         text,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotent_answer_age on idempotent_answer (created_at);

-- Items and answers page by page in the order of their ids.
create index item_project on item (project_id, id);
create index annotation_project on annotation (project_id, id);
create index resolution_project_id on resolution (project_id, id);

-- Files with labels that were asked for over REST; made in the background, kept for a week.
create table export_file (
  id           bigint generated always as identity primary key,
  project_id   bigint not null references project on delete cascade,
  format       text not null check (format in ('CSV', 'JSONL')),
  labeled_only boolean not null,
  stored_as    uuid not null,                -- its name inside the data folder
  file_name    text not null,                -- as it is offered
  bytes        bigint,                       -- null until it is whole
  job_id       bigint,
  created_by   bigint references account on delete set null,
  created_at   timestamptz not null default now(),
  finished_at  timestamptz
);
create index export_file_project on export_file (project_id, id);
