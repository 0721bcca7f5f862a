-- Review by lanes: what an undo looks at again, many labels accepted after a sample, and how several answers become one label.

-- The item's newest answer when the verdict was given: an undo concludes later ones.
alter table review_verdict add column answers_until bigint not null default 0;

-- A random sample of models' labels, judged by one reviewer before the rest is accepted.
create table review_sample (
  id                bigint generated always as identity primary key,
  project_id        bigint not null references project on delete cascade,
  queue             text not null check (queue in ('LLM', 'MODEL')),
  class_id          bigint references label_class on delete cascade, -- null: any class
  floor             real,                    -- least confidence; null: any
  size              int not null check (size between 20 and 500),
  bar               real not null check (bar > 0 and bar < 1),       -- the lower bound of right ones must reach it
  newest_resolution bigint not null,         -- later labels are not accepted
  found             bigint not null,         -- labels that fitted when it was drawn, these among them
  state             text not null default 'OPEN' check (state in ('OPEN', 'ACCEPTED', 'FAILED', 'DROPPED')),
  judged            int,                     -- once it ended
  agreed            int,
  bulk_id           bigint,                  -- what accepted the rest
  created_by        bigint not null references account,
  created_at        timestamptz not null default now(),
  closed_at         timestamptz
);
create unique index review_sample_open on review_sample (project_id, created_by) where state = 'OPEN';
create index review_sample_project on review_sample (project_id, id);

create table review_sample_item (
  sample_id     bigint not null references review_sample on delete cascade,
  item_id       bigint not null references item on delete cascade,
  place         int not null,
  resolution_id bigint not null,             -- the label that was drawn: another one leaves the sample
  verdict_id    bigint,                      -- what the reviewer said; null: not judged yet
  agreed        boolean,
  primary key (sample_id, item_id)
);
create index review_sample_item_item on review_sample_item (item_id);
create index review_sample_item_verdict on review_sample_item (verdict_id) where verdict_id is not null;

-- A model's label that was accepted because a sample of its kind was right. It stays the model's: nothing trains on it as if
-- a person had looked at it, and no later model replaces it.
alter table resolution add column sample_id bigint;
create index resolution_accepted on resolution (project_id, item_id) where superseded_at is null and sample_id is not null;
alter table bulk_action add column sample_id bigint;         -- with ACCEPT: which sample was right
alter table bulk_action add column newest_resolution bigint; -- with ACCEPT: later labels are not accepted
alter table bulk_action drop constraint bulk_action_kind_check;
alter table bulk_action add constraint bulk_action_kind_check check (kind in ('LABEL', 'CLEAR', 'QUEUE', 'GOLD', 'NOT_GOLD', 'ACCEPT'));

-- The queues of models' labels, the least sure first, without the accepted ones.
drop index resolution_unsure;
create index resolution_unsure on resolution (project_id, confidence nulls first, item_id)
  where superseded_at is null and sample_id is null and origin in ('MODEL', 'PROPAGATED');
create index resolution_unsure_llm on resolution (project_id, confidence nulls first, item_id)
  where superseded_at is null and sample_id is null and origin = 'LLM';
create index annotation_class on annotation (project_id, class_id, item_id) where kind = 'LABEL'; -- opened from the agreement page

-- How several people's answers become a label.
alter table project add column aggregation text not null default 'MAJORITY' check (aggregation in ('MAJORITY', 'DAWID_SKENE'));
alter table resolution add column weighed boolean not null default false; -- by how good each annotator is, not by majority
create table aggregation (
  project_id    bigint primary key references project on delete cascade,
  answers_until bigint not null default 0,   -- the newest answer that was weighed
  mode          text not null,               -- how
  items         int not null,                -- looked at
  changed       int not null,                -- labels that became others
  weighed_at    timestamptz not null default now()
);
create index resolution_weighed on resolution (project_id) where superseded_at is null and weighed;
