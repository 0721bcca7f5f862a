-- What people are told in the application: once per person, so that each reads and clears their own.
create table notification (
  id         bigint generated always as identity primary key,
  account_id bigint not null references account on delete cascade,
  project_id bigint not null references project on delete cascade,
  kind       text not null,
  args       jsonb not null default '{}',    -- what the text names; the text itself is made in the reader's language
  created_at timestamptz not null default now(),
  read_at    timestamptz
);
create index notification_account on notification (account_id, id desc);
create index notification_unread on notification (account_id, project_id, kind) where read_at is null;
create index notification_project on notification (project_id);

-- Which share of which cap was announced; a raised cap is another cap.
create table budget_alert (
  project_id bigint not null references project on delete cascade,
  cap_micros bigint not null,
  percent    int not null check (percent in (50, 80, 100)),
  at         timestamptz not null default now(),
  primary key (project_id, cap_micros, percent)
);

-- What was spent, read by day, person and model without the rest of the ledger.
create index ledger_spent on ledger_entry (project_id, created_at) include (kind, source, account_id, amount_micros, reservation_id)
  where kind in ('SETTLE', 'REVERSE');
create index llm_call_reservation on llm_call (reservation_id) where reservation_id is not null;
