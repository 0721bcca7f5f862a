-- One budget per project; every commit keeps settled + reserved ≤ cap.
create table budget (
  project_id      bigint primary key references project on delete cascade,
  settled_micros  bigint not null default 0 check (settled_micros >= 0),
  reserved_micros bigint not null default 0 check (reserved_micros >= 0)
);

-- Append-only: RESERVE opens, exactly one of SETTLE or RELEASE closes it.
create table ledger_entry (
  id              bigint generated always as identity primary key,
  project_id      bigint not null references project on delete cascade,
  kind            text not null check (kind in ('RESERVE', 'SETTLE', 'RELEASE')),
  reservation_id  bigint references ledger_entry,    -- null on RESERVE
  source          text not null check (source in ('PERSON', 'LLM')),
  account_id      bigint,
  task_id         bigint,
  amount_micros   bigint not null check (amount_micros >= 0),
  rate_kind       text,
  rate_micros     bigint,
  note            text,
  created_at      timestamptz not null default now()
);
create unique index ledger_closed_once on ledger_entry (reservation_id) where kind in ('SETTLE', 'RELEASE');
create index ledger_project on ledger_entry (project_id, id);
