-- People who sign in, and what they did.
create table account (
  id            bigint generated always as identity primary key,
  version       int not null default 0,
  username      text not null check (username = lower(username) and length(username) between 2 and 64),
  display_name  text not null check (length(display_name) between 1 and 120),
  email         text,
  password_hash text,                        -- null until the invitation was used
  admin         boolean not null default false,
  enabled       boolean not null default true,
  session_epoch int not null default 0,      -- raised on disable and password change: older sessions end
  language      text not null default 'en',
  theme         text not null default 'system' check (theme in ('system', 'light', 'dark')),
  created_at    timestamptz not null default now()
);
create unique index account_username on account (username);

-- One-time links to set a password; only the token's hash is kept.
create table account_link (
  id         bigint generated always as identity primary key,
  account_id bigint not null references account on delete cascade,
  token_hash bytea not null unique,
  purpose    text not null check (purpose in ('INVITE', 'RESET')),
  expires_at timestamptz not null,
  used_at    timestamptz,
  created_by bigint references account on delete set null,
  created_at timestamptz not null default now()
);

-- Append-only.
create table audit_event (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default now(),
  account_id bigint,
  action     text not null,                  -- 'account.disabled', 'project.created', …
  subject    text not null,                  -- 'account:12', 'project:3', …
  project_id bigint,
  details    jsonb,
  origin     text                            -- the caller's address
);
create index audit_event_project on audit_event (project_id, id);
create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function audit_event_is_append_only();
