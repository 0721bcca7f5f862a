-- The audit trail as a chain: each event's hash covers the one before, so that nothing can be changed or left out unseen.
alter table audit_event add column token_id bigint;
alter table audit_event alter column action type text collate "C"; -- its first part is looked up as a range
create index audit_event_at on audit_event (at, id);
create index audit_event_account on audit_event (account_id, id);
create index audit_event_action on audit_event (action, id);

-- Events wait here, in the transaction that wrote them, until they are chained: commits come in another order than ids.
create table audit_unchained (
  event_id bigint primary key
);

-- Append-only.
create table audit_chain (
  position bigint primary key check (position > 0),
  event_id bigint not null unique,
  hash     bytea not null check (length(hash) = 32)
);

create function audit_event_waits() returns trigger language plpgsql as $$
begin
  insert into audit_unchained (event_id) values (new.id);
  return null;
end $$;
create trigger audit_event_waits after insert on audit_event for each row execute function audit_event_waits();

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger audit_chain_append_only before update or delete on audit_chain
  for each row execute function audit_is_append_only();
create trigger audit_chain_never_emptied before truncate on audit_chain
  for each statement execute function audit_is_append_only();
create trigger audit_event_never_emptied before truncate on audit_event
  for each statement execute function audit_is_append_only();
