-- One budget per project; every commit keeps settled + reserved ≤ cap.
create table budget (
  project_id      bigint primary key references project on delete cascade,
  settled_micros  bigint not null default 0 check (settled_micros >= 0),
  reserved_micros bigint not null default 0 check (reserved_micros >= 0)
);

-- Append-only: RESERVE opens, exactly one of SETTLE or RELEASE closes it. REVERSE takes a settlement back (an undo).
create table ledger_entry (
  id              bigint generated always as identity primary key,
  project_id      bigint not null references project on delete cascade,
  kind            text not null check (kind in ('RESERVE', 'SETTLE', 'RELEASE', 'REVERSE')),
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
create unique index ledger_reversed_once on ledger_entry (reservation_id) where kind = 'REVERSE';
create index ledger_project on ledger_entry (project_id, id);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and not exists (select 1 from project where id = old.project_id) then
    return old;                              -- the project itself is being deleted
  end if;
  raise exception 'ledger_entry is append-only';
end $$;
create trigger ledger_append_only before update or delete on ledger_entry
  for each row execute function ledger_is_append_only();

-- A cap cannot be lowered under what is settled and reserved; the budget's row lock keeps a reservation from slipping in.
create function cap_covers_what_is_spent() returns trigger language plpgsql as $$
declare
  taken bigint;
begin
  insert into budget (project_id) values (new.id) on conflict do nothing;
  select settled_micros + reserved_micros into taken from budget where project_id = new.id for update;
  if taken > new.cap_micros then
    raise exception 'cap below what is settled and reserved' using errcode = 'check_violation',
      constraint = 'project_cap_covers_budget';
  end if;
  return new;
end $$;
create trigger project_cap before update of cap_micros on project
  for each row when (new.cap_micros is not null and new.cap_micros is distinct from old.cap_micros)
  execute function cap_covers_what_is_spent();
