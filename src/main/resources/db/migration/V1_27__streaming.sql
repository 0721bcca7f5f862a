-- Series scored live (decision 081): which model may, what each series remembers, what was found.
create table live_approval (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  version     text not null,                 -- the model's run and round: '7-3'
  state       text not null check (state in ('PREPARING', 'LIVE', 'ENDED')),
  job_id      bigint,                        -- PREPARING: what takes the detectors out of the file
  approved_by bigint references account on delete set null,
  approved_at timestamptz not null default now(),
  live_at     timestamptz,
  ended_at    timestamptz
);
create unique index live_approval_one on live_approval (project_id) where state = 'LIVE';
create unique index live_approval_next on live_approval (project_id) where state = 'PREPARING';

-- A copy of the approved file's detectors: the file itself is dropped when five newer ones are there.
create table live_detector (
  id          bigint generated always as identity primary key,
  approval_id bigint not null references live_approval on delete cascade,
  series_id   bigint not null references series on delete cascade,
  project_id  bigint not null,
  described   jsonb not null,                -- as the model file describes it: channels, step, beginning, anchor
  threshold   double precision not null,
  bundle      bytea not null,
  edges       double precision[] not null,   -- scores of the series it learned from: the edges of ten equal shares
  shares      double precision[] not null,   -- and what really lies between them, where scores repeat
  unique (approval_id, series_id)
);
alter table live_detector alter column bundle set storage external;
create index live_detector_series on live_detector (series_id);

-- What a series remembers from one point to the next; its row's lock puts processes that take points of it in line.
create table live_series (
  series_id   bigint primary key references series on delete cascade,
  project_id  bigint not null,
  detector_id bigint not null,
  stamp       uuid not null,                 -- another one with each change
  state       bytea not null,
  points      bigint not null default 0,     -- scored, since the first approval
  late        bigint not null default 0,
  duplicates  bigint not null default 0,
  refused     bigint not null default 0,
  gaps        bigint not null default 0,
  last_at     timestamptz,                   -- the newest point's moment
  seen_at     timestamptz,                   -- when it came
  rate        double precision not null default 0, -- points a second at seen_at, fading over half a minute
  recent      real[] not null default '{}',  -- probabilities of the newest points
  drift       double precision,              -- population stability index of the last full window of scores
  drifted     boolean not null default false,
  drift_told_at timestamptz
);
create index live_series_project on live_series (project_id);
alter table live_series alter column state set storage external;

-- The newest points of a series, in a ring: what a new model looks back at, and what is shown around an anomaly.
create table live_point (
  series_id bigint not null references series on delete cascade,
  slot      int not null,
  number    bigint not null,
  data      bytea not null,                  -- the compact form of a point (docs/guide/live.md)
  primary key (series_id, slot)
);

-- What was found. A series and a moment are one anomaly, however often it is told.
create table live_anomaly (
  id          bigint generated always as identity primary key,
  series_id   bigint not null references series on delete cascade,
  project_id  bigint not null,
  version     text not null,                 -- of the model that found it
  from_at     timestamptz not null,
  to_at       timestamptz not null,          -- its newest flagged point
  peak_at     timestamptz not null,
  probability double precision not null,
  points      int not null,
  channel     text not null,                 -- the one that deviates most at the peak
  signal      text not null check (signal in ('VAE', 'LEVEL', 'NOVELTY', 'LEARNED')),
  open        boolean not null,
  found_at    timestamptz not null default now(),
  excerpt     bytea,                         -- the points around it, packed, once it is over
  meaning     text check (meaning in ('ANOMALY', 'NORMAL', 'EXPECTED')), -- a person's word
  comment     text,
  judged_by   bigint references account on delete set null,
  judged_at   timestamptz,
  from_index  int,                           -- where it lies in the series once it was taken in
  to_index    int,
  peak_index  int,
  answered_at timestamptz,                   -- when the word became an answer
  unique (series_id, from_at)
);
create index live_anomaly_project on live_anomaly (project_id, id desc);
