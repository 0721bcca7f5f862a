-- The team: how many answers an item gets, who is handed what, and what is asked for many items at once.
alter table project add column overlap_percent int not null default 100 check (overlap_percent between 0 and 100); -- of the items get the overlap, the others one answer
alter table project add column most_annotators int not null default 1 check (most_annotators between 1 and 20);    -- while answers do not agree; at most the overlap: never more
alter table project add column aggregation text not null default 'majority' check (aggregation in ('majority', 'dawid-skene'));

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
