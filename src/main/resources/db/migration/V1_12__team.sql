-- The team: how many answers an item gets, who is handed what, and what is asked for many items at once.
alter table project add column overlap_percent int not null default 100 check (overlap_percent between 0 and 100); -- of the items get the overlap, the others one answer
alter table project add column most_annotators int not null default 1 check (most_annotators between 1 and 20);    -- while answers do not agree; at most the overlap: never more
alter table project add column gold_percent int not null default 0 check (gold_percent between 0 and 50);         -- of a person's questions
alter table project add column gold_onboarding int not null default 0 check (gold_onboarding between 0 and 200); -- answered before anything else
alter table project add column gold_pass_percent int not null default 80 check (gold_pass_percent between 1 and 100);

alter table task add column base_slots int not null default 1; -- slots it began with; more were added while answers disagreed
update task set base_slots = slots;
alter table task add column review_reason text check (review_reason in ('DISAGREEMENT', 'FLAGGED', 'SKIPPED')); -- closed without a label: a reviewer decides
alter table task add column reserved_for text;                 -- 'person:7' or 'group:experts'; null: for anybody
alter table task add column bulk_id bigint;                    -- sent by a person for many items at once: the loop leaves it in the queue
create index task_review on task (project_id, id) where review_reason is not null;
drop index task_queue;
create index task_queue on task (project_id, (purpose = 'AUDIT'), priority desc, id)
  where state = 'OPEN' and free_slots > 0 and reserved_for is null;
create index task_queue_class on task (project_id, (purpose = 'AUDIT'), suggestion_class_id, priority desc, id)
  where state = 'OPEN' and free_slots > 0 and reserved_for is null;
create index task_reserved on task (project_id, reserved_for, priority desc, id)
  where state = 'OPEN' and free_slots > 0 and reserved_for is not null;

-- What a manager set for one person in one project. No row: no limits.
create table work_limit (
  project_id  bigint not null references project on delete cascade,
  account_id  bigint not null references account on delete cascade,
  paused      text check (paused in ('MANAGER', 'GOLD')),   -- by whom; null: at work
  daily_cap   int check (daily_cap between 1 and 100000),   -- answers per day of the database; null: no cap
  skills      bigint[] not null default '{}',               -- classes they are asked about; empty: all
  groups      text[] not null default '{}',                 -- questions can be reserved for a group
  changed_at  timestamptz not null default now(),
  primary key (project_id, account_id)
);
create index annotation_day on annotation (project_id, account_id, created_at);

-- Who is asked: annotators, and reviewers and managers where nobody else labels.
create view answerer as
  select m.project_id, m.account_id from project_member m join account a on a.id = m.account_id and a.enabled
  where m.role = 'ANNOTATOR' or not exists (select 1 from project_member o where o.project_id = m.project_id and o.role = 'ANNOTATOR');

-- What a reviewer or manager does to all items of a filter, piece by piece in the order of their ids.
create table bulk_action (
  id           bigint generated always as identity primary key,
  project_id   bigint not null references project on delete cascade,
  kind         text not null check (kind in ('LABEL', 'CLEAR', 'QUEUE', 'GOLD', 'NOT_GOLD')),
  class_id     bigint references label_class on delete set null,
  reserved_for text,
  filter       jsonb not null,
  state        text not null default 'RUNNING' check (state in ('RUNNING', 'DONE', 'UNDOING', 'UNDONE')),
  found        bigint not null,
  last_item    bigint not null default 0,    -- done up to this item: a killed job goes on with the next
  newest_item  bigint not null,              -- what is imported later is not touched
  changed      bigint not null default 0,
  skipped      bigint not null default 0,
  undone       bigint not null default 0,
  job_id       bigint,
  created_by   bigint references account on delete set null,
  created_at   timestamptz not null default now()
);
create index bulk_action_project on bulk_action (project_id, id);

-- The label an item had before; null: none.
create table bulk_before (
  bulk_id       bigint not null references bulk_action on delete cascade,
  item_id       bigint not null references item on delete cascade,
  resolution_id bigint,
  primary key (bulk_id, item_id)
);
create index bulk_before_item on bulk_before (item_id);
alter table resolution add column bulk_id bigint;
create index task_bulk on task (bulk_id) where bulk_id is not null;

-- Gold: items with known answers, asked among the others to see how well a person labels.
create table gold (
  item_id    bigint primary key references item on delete cascade,
  project_id bigint not null,
  class_id   bigint not null references label_class on delete cascade,
  bulk_id    bigint not null,                -- the action that made it gold
  created_at timestamptz not null default now()
);
create index gold_project on gold (project_id);

-- How far a person is with gold items in a project.
create table gold_person (
  project_id bigint not null references project on delete cascade,
  account_id bigint not null references account on delete cascade,
  handed     bigint not null default 0,      -- questions handed out so far: decides where gold is mixed in
  onboarded  boolean not null default false,
  since      timestamptz not null default '-infinity', -- the score counts later answers; set when a manager hands work out again
  primary key (project_id, account_id)
);

-- A gold question is made for one person when it is handed out, and is nobody else's: ASKED instead of OPEN.
alter table task drop constraint task_state_check;
alter table task add constraint task_state_check check (state in ('OPEN', 'ASKED', 'DONE', 'WITHDRAWN'));
create index task_gold on task (project_id, reserved_for) where purpose = 'GOLD';
