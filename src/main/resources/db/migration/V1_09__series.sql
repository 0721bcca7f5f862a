-- Time series of a project: channels, values in compressed chunks, known labels, events that explain them.
create table series (
  id           bigint generated always as identity primary key,
  project_id   bigint not null references project on delete cascade,
  name         text not null check (length(name) between 1 and 200),
  points       int not null check (points > 0),
  history      int not null default 0 check (history between 0 and points), -- the first points: known, but neither asked about nor scored
  step_seconds double precision not null,    -- the usual distance of two points
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  zone         text not null default 'UTC',  -- for calendar context and display
  gaps         int not null default 0,
  findings     jsonb not null default '[]',  -- what was odd at import, as {key, arguments}
  import_id    bigint,
  created_at   timestamptz not null default now(),
  unique (project_id, name)
);

create table series_channel (
  series_id   bigint not null references series on delete cascade,
  ordinal     int not null,
  name        text not null,
  unit        text not null default '',
  description text not null default '',
  constant    boolean not null default false, -- dropped from training, and said so
  missing     int not null default 0,         -- points without a value
  primary key (series_id, ordinal)
);

-- Level 0 holds the values; level k the smallest and largest of each 4^k points, for charts. Channel −1 holds the times.
create table series_chunk (
  series_id bigint not null references series on delete cascade,
  channel   int not null,
  level     int not null,
  number    int not null,
  data      bytea not null,
  primary key (series_id, channel, level, number)
);
alter table series_chunk alter column data set storage external; -- compressed by ourselves

-- Labels that came along with a file: gold for replay, or labels.
create table series_label (
  id         bigint generated always as identity primary key,
  series_id  bigint not null references series on delete cascade,
  from_index int not null,
  to_index   int not null,                   -- the point after the last
  check (from_index >= 0 and to_index > from_index)
);
create index series_label_series on series_label (series_id, from_index);

-- What happened at a time: it may explain what looks like an anomaly.
create table series_event (
  id         bigint generated always as identity primary key,
  project_id bigint not null references project on delete cascade,
  series_id  bigint references series on delete cascade, -- null: all series of the project
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  weekly     boolean not null default false, -- recurs each week at this time
  explains   text not null,
  created_by bigint references account on delete set null,
  created_at timestamptz not null default now(),
  check (to_at >= from_at)
);
create index series_event_project on series_event (project_id, from_at);

-- How a project's series are searched.
create table series_settings (
  project_id  bigint primary key references project on delete cascade,
  preset      text not null default 'laudable' check (preset in ('laudable', 'paper')),
  acquisition text not null default 'mixed' check (acquisition in ('mixed', 'learn', 'find')),
  miss_cost   double precision not null default 5 check (miss_cost > 0), -- a missed anomaly costs as much as so many false alarms
  template    text not null default '',      -- finance, health, industry, operations
  normal      text not null default ''       -- the project's own words for what is normal
);

-- An item is what a question is about: a text, or the window of a series that ends in a point.
alter table item add series_id bigint references series on delete cascade;
alter table item add point int;
alter table item add constraint item_window check ((series_id is null) = (point is null));
create unique index item_point on item (series_id, point) where series_id is not null;

-- The classes of a series project are fixed by what they mean to the detector.
alter table label_class add meaning text check (meaning in ('ANOMALY', 'NORMAL', 'EXPECTED'));

-- Intervals count points of the series; the end is the point after the last.
alter table task add suggested_from int;
alter table task add suggested_to int;
alter table annotation add interval_from int;
alter table annotation add interval_to int;
alter table annotation add channels int[];   -- null: all
alter table annotation add constraint annotation_interval check (interval_to > interval_from);
alter table resolution add interval_from int;
alter table resolution add interval_to int;
alter table resolution add channels int[];

-- Files that bring series into a project: uploaded one by one into a draft, then carried in together.
create table series_import (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  files       jsonb not null default '[]',    -- [{id, name, storedAs, bytes}]
  plan        jsonb,                          -- what each file is and how it is read; null: not looked at yet
  zone        text not null default 'UTC',
  labels      text not null default 'GOLD' check (labels in ('GOLD', 'LABELS', 'NONE')), -- what becomes of labels in the files
  state       text not null check (state in ('DRAFT', 'WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  series_in   int not null default 0,
  points_in   bigint not null default 0,
  refused     jsonb not null default '[]',    -- files and series left out, with the reason: [{path, reason}]
  job_id      bigint,
  error       text,
  created_by  bigint references account on delete set null,
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create index series_import_project on series_import (project_id, id);
