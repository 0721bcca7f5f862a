-- Single sign-on. An account may belong to a person of the provider, by issuer and subject.
alter table account add column sso_issuer text;
alter table account add column sso_subject text;
alter table account add column admin_by_rule boolean not null default false;   -- a rule made them administrator and may take it away
alter table account add column sso_roles text[] not null default '{}';         -- what the provider said last
alter table account add column sso_groups text[] not null default '{}';
alter table account add constraint account_sso_whole check ((sso_issuer is null) = (sso_subject is null));
create unique index account_sso on account (sso_issuer, sso_subject);

-- Memberships that a rule made; a rule may take them away again. One made or changed by hand is never touched.
alter table project_member add column by_rule boolean not null default false;
create index project_member_by_rule on project_member (account_id) where by_rule;

-- One sign-in by single sign-on: lives as long as the provider renews its token.
create table sso_session (
  id            bigint generated always as identity primary key,
  account_id    bigint not null references account on delete cascade,
  nonce         text not null unique,        -- of the session cookie
  sid           text,                        -- the session's name at the provider
  refresh_token bytea not null,              -- encrypted, as is the next
  id_token      bytea not null,
  token_until   timestamptz,                 -- when the refresh token runs out by itself; null: not known
  started_at    timestamptz not null default now(),
  checked_at    timestamptz not null default now(),   -- the provider last said yes
  next_check_at timestamptz not null,
  ended_at      timestamptz,
  end_reason    text
);
create index sso_session_due on sso_session (next_check_at) where ended_at is null;
create index sso_session_account on sso_session (account_id) where ended_at is null;
create index sso_session_sid on sso_session (sid) where ended_at is null;

-- Somebody came from the provider with the user name of an account that is not theirs: an administrator may let them in.
create table sso_pending (
  issuer     text not null,
  subject    text not null,
  account_id bigint not null references account on delete cascade,
  name       text not null,
  email      text,
  at         timestamptz not null default now(),
  primary key (issuer, subject)
);
create index sso_pending_account on sso_pending (account_id);

-- Each logout token counts once.
create table sso_logout_token (
  jti     text primary key,
  seen_at timestamptz not null default now()
);

-- Whom the provider gives a role or puts in a group is an administrator, or has a role in a project.
create table claim_rule (
  id         bigint generated always as identity primary key,
  kind       text not null check (kind in ('ROLE', 'GROUP')),
  value      text not null check (length(value) between 1 and 200),
  project_id bigint references project on delete cascade,          -- null: administrator
  role       text check (role in ('MANAGER', 'REVIEWER', 'ANNOTATOR')),
  created_at timestamptz not null default now(),
  check ((project_id is null) = (role is null))
);
create unique index claim_rule_once on claim_rule (kind, value, coalesce(project_id, 0));
