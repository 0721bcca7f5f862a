-- What was spent, by day of the machine's clock, person and model: the sums of a ledger without reading it. Kept by the
-- same transaction that writes the entry, under the lock on the project's budget that every entry is written with.
create table ledger_total (
  project_id bigint not null references project on delete cascade,
  day        date not null,
  source     text not null,
  account_id bigint not null default 0,       -- 0: nobody
  model_id   bigint not null default 0,       -- 0: no call on record
  micros     bigint not null,
  pieces     bigint not null,
  primary key (project_id, day, source, account_id, model_id)
);

create function add_to_ledger_total() returns trigger language plpgsql as $$
declare
  sign int := case new.kind when 'SETTLE' then 1 else -1 end;
  model bigint := 0;
begin
  if new.source = 'LLM' then
    select c.model_id into model from llm_call c where c.reservation_id = new.reservation_id limit 1;
  end if;
  insert into ledger_total as t (project_id, day, source, account_id, model_id, micros, pieces)
  values (new.project_id, new.created_at::date, new.source, coalesce(new.account_id, 0), coalesce(model, 0), sign * new.amount_micros, sign)
  on conflict (project_id, day, source, account_id, model_id) do update set micros = t.micros + excluded.micros, pieces = t.pieces + excluded.pieces;
  return null;
end $$;
create trigger ledger_total after insert on ledger_entry for each row when (new.kind in ('SETTLE', 'REVERSE'))
  execute function add_to_ledger_total();
insert into ledger_total (project_id, day, source, account_id, model_id, micros, pieces)
select e.project_id, e.created_at::date, e.source, coalesce(e.account_id, 0), coalesce(c.model_id, 0),
  sum(case e.kind when 'SETTLE' then e.amount_micros else -e.amount_micros end), sum(case e.kind when 'SETTLE' then 1 else -1 end)
from ledger_entry e left join llm_call c on e.source = 'LLM' and c.reservation_id = e.reservation_id
where e.kind in ('SETTLE', 'REVERSE') group by 1, 2, 3, 4, 5;

-- How many items are labelled by whom, and how many answers of people count, as changes that are summed and now and then
-- put together: adding one never waits for another.
create table tally (
  project_id bigint not null references project on delete cascade,
  kind       text not null,                   -- an origin of resolutions, or ANSWERS
  change     bigint not null
);
create index tally_project on tally (project_id, kind) include (change);

create function tally_resolutions() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into tally select n.project_id, n.origin, count(*) from new_rows n where n.superseded_at is null group by 1, 2;
  elsif tg_op = 'DELETE' then
    insert into tally select o.project_id, o.origin, -count(*) from old_rows o where o.superseded_at is null
      and exists (select 1 from project p where p.id = o.project_id) group by 1, 2;
  else
    insert into tally select project_id, origin, sum(change) from (
        select project_id, origin, 1 as change from new_rows where superseded_at is null
        union all select project_id, origin, -1 from old_rows where superseded_at is null) both_rows
      group by 1, 2 having sum(change) <> 0;
  end if;
  return null;
end $$;
create trigger resolution_added after insert on resolution referencing new table as new_rows for each statement execute function tally_resolutions();
create trigger resolution_gone after delete on resolution referencing old table as old_rows for each statement execute function tally_resolutions();
create trigger resolution_changed after update on resolution referencing old table as old_rows new table as new_rows
  for each statement execute function tally_resolutions();

-- Answers that count: the newest of a person to a question, a class or 'none of these', neither surplus nor gold.
create view counted_answer as
  select a.* from annotation a where a.kind in ('LABEL', 'NONE') and not a.surplus
    and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
    and not exists (select 1 from annotation later where later.task_id = a.task_id and later.account_id = a.account_id and later.revision > a.revision);

create function tally_answers() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into tally select project_id, 'ANSWERS', sum(change) from (
      select n.project_id, case when n.kind in ('LABEL', 'NONE') and not n.surplus then 1 else 0 end
        - coalesce((select case when b.kind in ('LABEL', 'NONE') and not b.surplus then 1 else 0 end from annotation b
          where b.task_id = n.task_id and b.account_id = n.account_id and b.revision < n.revision order by b.revision desc limit 1), 0) as change
      from new_rows n where not exists (select 1 from task g where g.id = n.task_id and g.purpose = 'GOLD')) changes
    group by 1 having sum(change) <> 0;
  else -- rare: a series is deleted. Counted anew
    insert into tally select p.id, 'ANSWERS', (select count(*) from counted_answer a where a.project_id = p.id)
        - coalesce((select sum(t.change) from tally t where t.project_id = p.id and t.kind = 'ANSWERS'), 0)
      from project p where p.id in (select project_id from old_rows);
  end if;
  return null;
end $$;
create trigger annotation_added after insert on annotation referencing new table as new_rows for each statement execute function tally_answers();
create trigger annotation_gone after delete on annotation referencing old table as old_rows for each statement execute function tally_answers();

create function tally_surplus() returns trigger language plpgsql as $$
begin
  if new.kind in ('LABEL', 'NONE')
      and not exists (select 1 from task g where g.id = new.task_id and g.purpose = 'GOLD')
      and not exists (select 1 from annotation later where later.task_id = new.task_id and later.account_id = new.account_id
        and later.revision > new.revision) then
    insert into tally values (new.project_id, 'ANSWERS', case when new.surplus then -1 else 1 end);
  end if;
  return null;
end $$;
create trigger annotation_surplus after update of surplus on annotation for each row when (old.surplus is distinct from new.surplus)
  execute function tally_surplus();

insert into tally select project_id, origin, count(*) from resolution where superseded_at is null group by 1, 2;
insert into tally select project_id, 'ANSWERS', count(*) from counted_answer group by 1;

-- The newest answers of a project: what a label takes now.
create index annotation_newest on annotation (project_id, id);

-- What people read about a run is kept without words, as {key, arguments}: the words come from the reader's language. Who
-- stopped a run stands in stopped_by only: a person who is anonymised is not named here either.
alter table run alter column stop_reason type jsonb using null;
alter table run alter column error type jsonb using null;
