-- The series loop: what was fitted and learned per series, scores for charts, flagged stretches, what is asked next.
-- Runs and rounds are those of V1_06. Everything here belongs to a series' newest run and can be computed again.
create table series_model (
  series_id     bigint primary key references series on delete cascade,
  project_id    bigint not null,
  run_id        bigint not null,
  version       int not null default 0,        -- the round whose answers are in it; 0: the unsupervised prior
  state         text not null check (state in ('FITTED', 'UNFIT')),
  unfit         text,                          -- UNFIT: why nothing is searched here: short, constant, large, failed
  settings      text not null,                 -- preset and seed it was fitted with: another run may take it over
  bundle        bytea,                         -- the engine's model file
  answers_key   bigint not null default 0,     -- which answers and events it has learned from
  trainings     int not null default 0,        -- rounds of answers of this series
  lambda        double precision not null default 1, -- λ_c for its next training
  miss_cost     double precision not null,     -- the operating point its flagged stretches were cut at
  fit_millis    bigint not null default 0,
  anchor        double precision not null default 0, -- the score from which it flags at the usual costs; 0: no answers yet
  bundle_at     timestamptz not null default now()
);
alter table series_model alter column bundle set storage external; -- weights do not compress
create index series_model_project on series_model (project_id);

-- Scores of each point as charts draw them: level k holds the largest of each 4^k points, in 65,534ths.
create table series_layer (
  series_id bigint not null references series on delete cascade,
  layer     smallint not null,                 -- 0 probability, 1 VAE alarm, 2 potential, 3 novelty, 4 agent
  level     int not null,
  number    int not null,
  data      bytea not null,
  primary key (series_id, layer, level, number)
);
alter table series_layer alter column data set storage external;

-- Stretches the newest model flags. What people said of them is read from the resolutions.
create table series_segment (
  id          bigint generated always as identity primary key,
  series_id   bigint not null references series on delete cascade,
  project_id  bigint not null,
  version     int not null,
  from_index  int not null,
  to_index    int not null,
  peak        int not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  confidence  real not null,                   -- calibrated probability at the peak
  severity    real not null,
  vae         real not null,
  potential   real not null,
  novelty     real not null,
  agent       real not null,
  channels    int[] not null default '{}',     -- those that drive it, strongest first
  shares      real[] not null default '{}',
  like_item   bigint                           -- its label spread from this answered window
);
create index series_segment_series on series_segment (series_id, from_index);
create index series_segment_project on series_segment (project_id);

-- Windows worth asking about, per series, best first; they serve while the next model is trained.
create table ranked_window (
  series_id  bigint not null references series on delete cascade,
  position   int not null,
  project_id bigint not null,
  point      int not null,
  from_index int not null,
  to_index   int not null,
  reason     text not null,
  confidence real not null,
  flagged    boolean not null,
  at_random  boolean not null,
  version    int not null,
  primary key (series_id, position)
);
create index ranked_window_project on ranked_window (project_id);

-- What the model said of a window before anybody answered: quality is measured on those asked at random.
create table asked_window (
  run_id     bigint not null references run on delete cascade,
  series_id  bigint not null references series on delete cascade,
  point      int not null,
  round_number int not null,
  version    int not null,
  confidence real not null,
  flagged    boolean not null,
  at_random  boolean not null,
  primary key (run_id, series_id, point)
);

-- Shapes of a series' most suspicious windows, to find similar ones across series.
create table series_shape (
  series_id  bigint not null references series on delete cascade,
  point      int not null,
  project_id bigint not null,
  from_index int not null,
  to_index   int not null,
  shape      real[] not null,
  primary key (series_id, point)
);
create index series_shape_project on series_shape (project_id);

-- How each training went.
create table series_training (
  run_id        bigint not null references run on delete cascade,
  series_id     bigint not null references series on delete cascade,
  round_number  int not null,
  answers       int not null,
  anomalies     int not null,                  -- answers that found one
  reward        double precision not null,     -- episode reward of the finished agent
  lambda        double precision not null,
  beta          double precision not null,
  steps         jsonb not null,                -- [[step, loss, reward, λ, β, ε], …] of the agent
  provenance    text not null,
  train_millis  bigint not null,
  trained_at    timestamptz not null default now(),
  primary key (run_id, series_id, round_number)
);
