-- Addresses that are told what happens in a project.
create table webhook (
  id            bigint generated always as identity primary key,
  project_id    bigint not null references project on delete cascade,
  name          text not null check (length(name) between 1 and 80),
  url           text not null check (length(url) between 1 and 2000),
  events        text[] not null,
  with_texts    boolean not null default false,      -- items' texts go along
  secret        bytea,                               -- sealed; null for an instant, until its row has an id
  old_secret    bytea,                               -- signs as well until old_until, so that a receiver can change over
  old_until     timestamptz,
  state         text not null default 'ACTIVE' check (state in ('ACTIVE', 'PAUSED', 'FAILED')),
  failures      int not null default 0,              -- attempts that failed, in a row
  failing_since timestamptz,
  rests_until   timestamptz,                         -- nothing is sent before, after a failure
  told          boolean not null default false,      -- managers know that deliveries were given up, since the last success
  sequence      bigint not null default 0,           -- of its newest delivery
  attempted_at  timestamptz,
  busy_by       uuid,                                -- the worker that sends for it now
  busy_until    timestamptz,
  version       int not null default 0,
  created_by    bigint references account on delete set null,
  created_at    timestamptz not null default now()
);
create index webhook_project on webhook (project_id);

-- The outbox: written in the transaction of what happened, taken out when a delivery is made of it. No foreign key: a
-- lock on the webhook's row in every answer's transaction would be the only thing it adds.
create table webhook_event (
  id         bigint generated always as identity primary key,
  webhook_id bigint not null,
  event      text not null,
  data       jsonb not null,
  created_at timestamptz not null default now()
);
create index webhook_event_webhook on webhook_event (webhook_id, id);

create table webhook_delivery (
  id           bigint generated always as identity primary key,
  webhook_id   bigint not null references webhook on delete cascade,
  message      uuid not null unique default gen_random_uuid(),  -- the same in every attempt
  sequence     bigint not null,
  event        text not null,
  facts        int not null,
  body         text not null,                                    -- as it is signed and sent, in every attempt
  state        text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'GIVEN_UP')),
  attempts     int not null default 0,
  created_at   timestamptz not null,
  next_at      timestamptz,
  give_up_at   timestamptz not null,
  attempted_at timestamptz,
  millis       int,
  status       int,                                              -- of the last attempt's answer; null: there was none
  answer       text,                                             -- its beginning
  error        text,                                             -- why there was none
  unique (webhook_id, sequence)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, sequence) where state = 'WAITING';
create index webhook_delivery_given_up on webhook_delivery (webhook_id) where state = 'GIVEN_UP';
create index webhook_delivery_list on webhook_delivery (webhook_id, id);
create index webhook_delivery_age on webhook_delivery (created_at);

-- Answers come by many ways (the deck, REST, an undo, a question asked again) and must not wait for anything: written here, in
-- the same statement, without a round trip. What a merge of classes moved was answered by nobody.
create function webhook_annotations() returns trigger language plpgsql as $$
begin
  insert into webhook_event (webhook_id, event, data)
  select w.id, 'annotation.created', jsonb_build_object('annotationId', a.id, 'itemId', a.item_id, 'taskId', a.task_id,
    'accountId', a.account_id, 'revision', a.revision, 'kind', a.kind, 'classId', a.class_id, 'at', a.created_at)
  from added a join webhook w on w.project_id = a.project_id
  where w.state = 'ACTIVE' and 'annotation.created' = any (w.events) and not a.moved
  order by a.id;
  return null;
end $$;
create trigger webhook_annotations after insert on annotation
  referencing new table as added for each statement execute function webhook_annotations();
