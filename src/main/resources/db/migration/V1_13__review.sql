-- Review: who looks at what, what reviewers decided, and answers sent back with a note.

-- So that two reviewers do not look at the same item unawares.
create table review_claim (
  item_id    bigint primary key references item on delete cascade,
  project_id bigint not null,
  account_id bigint not null references account on delete cascade,
  until      timestamptz not null
);
create index review_claim_account on review_claim (account_id, project_id);

create table review_verdict (
  id                    bigint generated always as identity primary key,
  project_id            bigint not null,
  item_id               bigint not null references item on delete cascade,
  account_id            bigint not null references account,
  queue                 text not null,           -- where the reviewer met it
  resolution_id         bigint not null,         -- the label it made
  earlier_resolution_id bigint,                  -- the label it replaced; null: there was none
  withdrawn_task_id     bigint,                  -- the open question it ended
  reviewed_task_id      bigint,                  -- the question that had waited for a reviewer
  review_reason         text,                    -- and why
  agreed                boolean,                 -- whether the label it found was right; null: there was none
  sampled               boolean not null default false, -- drawn at random, to measure the queue
  created_at            timestamptz not null default now(),
  undone_at             timestamptz
);
create index review_verdict_item on review_verdict (item_id, id);
create index review_verdict_project on review_verdict (project_id, queue, id);

create table sent_back (
  id            bigint generated always as identity primary key,
  project_id    bigint not null,
  task_id       bigint not null references task on delete cascade,
  item_id       bigint not null,
  account_id    bigint not null references account,   -- whose answer
  annotation_id bigint not null,                      -- which answer
  reviewer_id   bigint not null references account,
  note          text not null check (length(note) between 1 and 2000),
  created_at    timestamptz not null default now(),
  answered_at   timestamptz,                          -- the annotator has answered again
  closed_at     timestamptz,                          -- a verdict was given
  verdict_id    bigint                                -- which
);
create unique index sent_back_open on sent_back (task_id, account_id) where answered_at is null and closed_at is null;
create index sent_back_waiting on sent_back (project_id, account_id) where answered_at is null and closed_at is null;
create index sent_back_item on sent_back (item_id) where closed_at is null;
create index sent_back_project on sent_back (project_id) where closed_at is null;
create index sent_back_task on sent_back (task_id);

-- Asked again after a change of the guidelines: no run takes the question back.
alter table task add column asked_again boolean not null default false;

-- The queues must be quick with a million items.
create index annotation_flag on annotation (project_id) where kind = 'FLAG';
create index resolution_none on resolution (project_id) where superseded_at is null and outcome = 'NONE';
create index resolution_unsure on resolution (project_id, confidence nulls first, item_id)
  where superseded_at is null and origin in ('MODEL', 'PROPAGATED');
