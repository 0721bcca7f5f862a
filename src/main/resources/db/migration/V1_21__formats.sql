-- Files of other tools: what they say beyond texts and labels.
alter table data_import add left_out jsonb not null default '{}';  -- what had no place here, with how often it came

-- What a model of somebody else proposes for an item, from a file; a question that has nothing better shows it.
create table item_suggestion (
  item_id    bigint primary key references item on delete cascade,
  class_id   bigint not null references label_class on delete cascade,
  confidence real,
  source     text not null,
  import_id  bigint not null
);

-- The formats are named in code alone.
alter table export_file drop constraint export_file_format_check;
