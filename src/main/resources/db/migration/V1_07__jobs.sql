-- db-scheduler's table (its documented schema for PostgreSQL) and what people see of the work in the background.
create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  state                text,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);

create table job (
  id               bigint generated always as identity primary key,
  kind             text not null,
  project_id       bigint references project on delete cascade,
  payload          jsonb not null default '{}',
  state            text not null check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  done             bigint not null default 0,
  total            bigint,                   -- null: not known yet
  message          text not null default '',
  error            text,
  attempts         int not null default 0,
  cancel_requested boolean not null default false,
  owner            text,
  created_by       bigint,
  created_at       timestamptz not null default now(),
  started_at       timestamptz,
  finished_at      timestamptz
);
create index job_project on job (project_id, id);
create index job_unfinished on job (state) where state in ('WAITING', 'RUNNING');
